package city.elicence.android.receive;

import android.content.Context;
import android.graphics.ImageFormat;
import android.hardware.camera2.CameraAccessException;
import android.hardware.camera2.CameraCaptureSession;
import android.hardware.camera2.CameraCharacteristics;
import android.hardware.camera2.CameraDevice;
import android.hardware.camera2.CameraManager;
import android.hardware.camera2.CaptureRequest;
import android.media.Image;
import android.media.ImageReader;
import android.os.Handler;
import android.view.Surface;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The camera at the back, whose pictures come as grey values. All of it on one thread, its handler's. */
final class BackCamera {
    static final int WIDTH = 1280;
    static final int HEIGHT = 720;

    /** Takes one picture; the next comes when this returns, those between are dropped. */
    interface Reader {
        void read(int width, int height, byte[] luma);
    }

    private final CameraManager cameras;
    private final Handler thread;
    private final Reader reader;
    private final Runnable failed;
    private final ImageReader pictures = ImageReader.newInstance(WIDTH, HEIGHT, ImageFormat.YUV_420_888, 2);
    private @Nullable CameraDevice device;

    BackCamera(Context context, Handler thread, Reader reader, Runnable failed) {
        this.cameras = context.getSystemService(CameraManager.class);
        this.thread = thread;
        this.reader = reader;
        this.failed = failed;
    }

    /** False where there is no camera at the back, or the holder has not allowed it. */
    @SuppressWarnings("MissingPermission") // Who opens has asked; a refusal that comes between is the exception below.
    boolean open(Surface preview) {
        pictures.setOnImageAvailableListener(source -> read(), thread);
        try {
            String back = back();
            if (back == null) {
                return false;
            }
            cameras.openCamera(
                    back,
                    new CameraDevice.StateCallback() {
                        @Override
                        public void onOpened(CameraDevice camera) {
                            device = camera;
                            begin(camera, preview);
                        }

                        @Override
                        public void onDisconnected(CameraDevice camera) {
                            camera.close();
                        }

                        @Override
                        public void onError(CameraDevice camera, int error) {
                            camera.close();
                            failed.run();
                        }
                    },
                    thread);
            return true;
        } catch (CameraAccessException | SecurityException e) {
            return false;
        }
    }

    private @Nullable String back() throws CameraAccessException {
        for (String id : cameras.getCameraIdList()) {
            Integer facing = cameras.getCameraCharacteristics(id).get(CameraCharacteristics.LENS_FACING);
            if (facing != null && facing == CameraCharacteristics.LENS_FACING_BACK) {
                return id;
            }
        }
        return null;
    }

    @SuppressWarnings("deprecation") // The call for Android before 9.
    private void begin(CameraDevice camera, Surface preview) {
        try {
            CaptureRequest.Builder request = camera.createCaptureRequest(CameraDevice.TEMPLATE_PREVIEW);
            request.addTarget(preview);
            request.addTarget(pictures.getSurface());
            request.set(CaptureRequest.CONTROL_AF_MODE, CaptureRequest.CONTROL_AF_MODE_CONTINUOUS_PICTURE);
            camera.createCaptureSession(
                    List.of(preview, pictures.getSurface()),
                    new CameraCaptureSession.StateCallback() {
                        @Override
                        public void onConfigured(CameraCaptureSession session) {
                            try {
                                session.setRepeatingRequest(request.build(), null, thread);
                            } catch (CameraAccessException | IllegalStateException e) {
                                failed.run();
                            }
                        }

                        @Override
                        public void onConfigureFailed(CameraCaptureSession session) {
                            failed.run();
                        }
                    },
                    thread);
        } catch (CameraAccessException | IllegalStateException e) {
            failed.run();
        }
    }

    private void read() {
        try (Image image = pictures.acquireLatestImage()) {
            if (image != null) {
                Image.Plane plane = image.getPlanes()[0];
                int width = image.getWidth();
                int height = image.getHeight();
                reader.read(width, height, luma(plane.getBuffer(), plane.getRowStride(), width, height));
            }
        }
    }

    /** A camera's row may be longer than its picture is wide, and the last one shorter. */
    static byte[] luma(ByteBuffer plane, int rowStride, int width, int height) {
        byte[] luma = new byte[width * height];
        for (int y = 0; y < height; y++) {
            plane.position(y * rowStride);
            plane.get(luma, y * width, width);
        }
        return luma;
    }

    void close() {
        CameraDevice open = device;
        if (open != null) {
            open.close();
        }
        pictures.close();
    }
}
