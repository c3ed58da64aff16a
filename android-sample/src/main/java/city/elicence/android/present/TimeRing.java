package city.elicence.android.present;

import android.content.Context;
import android.graphics.Canvas;
import android.graphics.Paint;
import android.view.View;
import city.elicence.android.R;

/** How much of a code's life is left: a ring that runs out, and the seconds in it. */
final class TimeRing extends View {
    private final Paint line = new Paint(Paint.ANTI_ALIAS_FLAG);
    private final Paint words = new Paint(Paint.ANTI_ALIAS_FLAG);
    private float part = 1;
    private long seconds;

    TimeRing(Context context) {
        super(context);
        line.setStyle(Paint.Style.STROKE);
        line.setStrokeCap(Paint.Cap.ROUND);
        words.setTextAlign(Paint.Align.CENTER);
        words.setFakeBoldText(true);
    }

    /** Seconds left out of so many. */
    void left(long now, long whole) {
        seconds = Math.max(0, Math.round(now / 1000.0));
        part = whole <= 0 ? 0 : Math.max(0, Math.min(1, (float) now / whole));
        setContentDescription(getResources().getString(R.string.seconds_left, seconds));
        invalidate();
    }

    @Override
    protected void onDraw(Canvas canvas) {
        super.onDraw(canvas);
        float side = Math.min(getWidth(), getHeight());
        float stroke = side / 12;
        float edge = stroke / 2 + (getWidth() - side) / 2;
        float top = stroke / 2;
        line.setStrokeWidth(stroke);
        line.setColor(getContext().getColor(R.color.line));
        canvas.drawArc(edge, top, edge + side - stroke, top + side - stroke, 0, 360, false, line);
        line.setColor(getContext().getColor(seconds <= 5 ? R.color.warn : R.color.accent));
        canvas.drawArc(edge, top, edge + side - stroke, top + side - stroke, -90, 360 * part, false, line);
        words.setColor(getContext().getColor(R.color.ink));
        words.setTextSize(side / 2.6f);
        canvas.drawText(
                String.valueOf(seconds), getWidth() / 2f, side / 2 - (words.ascent() + words.descent()) / 2, words);
    }
}
