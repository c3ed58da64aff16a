package city.elicence.city.story.knows;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/** What was logged while a story was played. */
final class StoryLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final int LONGEST = 16 * 1024 * 1024;

    private final StringBuilder text = new StringBuilder();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private StoryLog() {}

    static StoryLog listen() {
        StoryLog log = new StoryLog();
        log.setContext(log.root.getLoggerContext());
        log.start();
        log.root.addAppender(log);
        return log;
    }

    @Override
    protected void append(ILoggingEvent event) {
        synchronized (text) {
            if (text.length() < LONGEST) {
                text.append(event.getFormattedMessage()).append('\n');
            }
        }
    }

    String text() {
        synchronized (text) {
            return text.toString();
        }
    }

    @Override
    public void close() {
        root.detachAppender(this);
        stop();
    }
}
