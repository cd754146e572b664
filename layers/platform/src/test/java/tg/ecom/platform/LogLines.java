package tg.ecom.platform;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** What is logged while it is open. */
final class LogLines extends AbstractAppender implements AutoCloseable {
    private final Logger root = (Logger) LogManager.getRootLogger();
    private final List<LogEvent> events = new CopyOnWriteArrayList<>();

    private LogLines() {
        super("lines of a test", null, null, true, Property.EMPTY_ARRAY);
    }

    static LogLines open() {
        LogLines lines = new LogLines();
        lines.start();
        lines.root.addAppender(lines);
        return lines;
    }

    @Override
    public void append(LogEvent event) {
        events.add(event.toImmutable());
    }

    List<LogEvent> events() {
        return List.copyOf(events);
    }

    /** The lines that say that something of ours is wrong. */
    List<LogEvent> alarms() {
        return events.stream()
                .filter(event -> event.getLevel().isMoreSpecificThan(Level.WARN))
                .toList();
    }

    /** Everything that a line could show, context included. */
    String text() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(event.getMessage().getFormattedMessage())
                .append(event.getContextData())
                .append(event.getThrown())
                .append('\n'));
        return text.toString();
    }

    /** That, and the whole of what was thrown: its causes and where they came from. */
    String whole() {
        StringWriter text = new StringWriter();
        text.append(text());
        events.stream()
                .filter(event -> event.getThrown() != null)
                .forEach(event -> event.getThrown().printStackTrace(new PrintWriter(text)));
        return text.toString();
    }

    @Override
    public void close() {
        root.removeAppender(this);
        stop();
    }
}
