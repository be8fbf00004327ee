package io.lateen.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header lines of one message: ranges over one array of bytes, in the order they came.
 *
 * <p>A scanner copies a head into {@link #bytes()} and {@link #mark marks} each line. Edits append
 * their bytes behind the head and change the marks, so reading sees them at once and an unedited
 * run of lines is written as one copy. Names keep the case they came in. Reused from request to
 * request by its owner; belongs to one event loop.
 */
public final class Fields {
    private static final int STRIDE = 6;
    private static final int NAME = 0;
    private static final int NAME_END = 1;
    private static final int VALUE = 2;
    private static final int VALUE_END = 3;
    // Where the line ends, its CRLF included; -1 when name and value are not one range any more.
    private static final int LINE_END = 4;
    private static final int HASH = 5;
    private static final int REMOVED = -1;

    private byte[] bytes;
    private int length;
    private int[] marks = new int[STRIDE * 24];
    private int count;
    private long known;

    /** Fields with room for {@code capacity} bytes, growing as needed. */
    public Fields(int capacity) {
        bytes = new byte[capacity];
    }

    /** Forgets everything, and the array as well when a large head had made it grow. */
    public void clear() {
        length = 0;
        count = 0;
        known = 0;
        if (bytes.length > 8192) {
            bytes = new byte[2048];
        }
    }

    /** Forgets the marks, keeps the bytes: before a second scan of the same head. */
    public void clearMarks() {
        count = 0;
        known = 0;
    }

    /** The array that ranges refer to; another one after {@link #ensureRoom}. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes()} are in use. */
    public int length() {
        return length;
    }

    /** Sets how many bytes are in use: after a scanner copied into {@link #bytes()}. */
    public void length(int used) {
        length = used;
    }

    /** Makes room for {@code more} bytes behind the used ones. */
    public void ensureRoom(int more) {
        int needed = length + more;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
        }
    }

    /** Appends bytes behind the used ones and returns where they begin. */
    public int append(byte[] more) {
        ensureRoom(more.length);
        int at = length;
        System.arraycopy(more, 0, bytes, at, more.length);
        length += more.length;
        return at;
    }

    /** Notes a scanned line. */
    public void mark(
            int name, int nameEnd, int value, int valueEnd, int lineEnd, int hash, int bit) {
        int at = count * STRIDE;
        if (at == marks.length) {
            marks = Arrays.copyOf(marks, marks.length * 2);
        }
        marks[at + NAME] = name;
        marks[at + NAME_END] = nameEnd;
        marks[at + VALUE] = value;
        marks[at + VALUE_END] = valueEnd;
        marks[at + LINE_END] = lineEnd;
        marks[at + HASH] = hash;
        count++;
        if (bit >= 0) {
            known |= 1L << bit;
        }
    }

    /** Number of lines, removed ones included: the bound for indexes. */
    public int count() {
        return count;
    }

    /** Whether the line at an index has not been removed. */
    public boolean isLive(int index) {
        return marks[index * STRIDE + NAME] != REMOVED;
    }

    /** Whether a header is there. */
    public boolean has(HeaderName name) {
        return find(name, 0) >= 0;
    }

    /**
     * Whether one of several well-known headers may be there: false is certain, true is not.
     *
     * @param bits of {@link HeaderName#bit}
     */
    public boolean mayHave(long bits) {
        return (known & bits) != 0;
    }

    /** The first line at or after {@code from} with this name, or -1. */
    public int find(HeaderName name, int from) {
        if (name.bit() >= 0 && (known & (1L << name.bit())) == 0) {
            return -1;
        }
        for (int i = from, at = from * STRIDE; i < count; i++, at += STRIDE) {
            if (marks[at + HASH] == name.hash()
                    && marks[at] != REMOVED
                    && name.matches(bytes, marks[at], marks[at + NAME_END])) {
                return i;
            }
        }
        return -1;
    }

    /** The well-known name of a line; null where it has another. */
    public @Nullable HeaderName known(int index) {
        int at = index * STRIDE;
        return HeaderName.known(bytes, marks[at + NAME], marks[at + NAME_END], marks[at + HASH]);
    }

    /** Where the name of a line begins. */
    public int nameStart(int index) {
        return marks[index * STRIDE + NAME];
    }

    /** Where the name of a line ends (exclusive). */
    public int nameEnd(int index) {
        return marks[index * STRIDE + NAME_END];
    }

    /** Where the value of a line begins, white space trimmed. */
    public int valueStart(int index) {
        return marks[index * STRIDE + VALUE];
    }

    /** Where the value of a line ends (exclusive), white space trimmed. */
    public int valueEnd(int index) {
        return marks[index * STRIDE + VALUE_END];
    }

    /** The name of a line as it came. */
    public String name(int index) {
        return text(nameStart(index), nameEnd(index));
    }

    /** The value of a line; bytes above 127 as ISO 8859-1. */
    public String value(int index) {
        return text(valueStart(index), valueEnd(index));
    }

    /** The value of a header, repeated ones joined with a comma; null when it is not there. */
    public @Nullable String value(HeaderName name) {
        int first = find(name, 0);
        if (first < 0) {
            return null;
        }
        int next = find(name, first + 1);
        if (next < 0) {
            return value(first);
        }
        StringBuilder joined = new StringBuilder(value(first));
        for (; next >= 0; next = find(name, next + 1)) {
            joined.append(',').append(value(next));
        }
        return joined.toString();
    }

    /** Whether a header is there once, or joined, with exactly this value. */
    public boolean valueEquals(HeaderName name, byte[] expected) {
        int index = find(name, 0);
        if (index < 0) {
            return false;
        }
        if (find(name, index + 1) >= 0) {
            String joined = value(name);
            return joined != null
                    && joined.equals(new String(expected, StandardCharsets.ISO_8859_1));
        }
        return Arrays.equals(
                bytes, valueStart(index), valueEnd(index), expected, 0, expected.length);
    }

    /** Whether a header's value (joined when repeated) begins with these bytes. */
    public boolean valueStartsWith(HeaderName name, byte[] prefix) {
        int index = find(name, 0);
        if (index < 0) {
            return false;
        }
        int from = valueStart(index);
        if (valueEnd(index) - from >= prefix.length) {
            return Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
        }
        String joined = value(name);
        return joined != null && joined.startsWith(new String(prefix, StandardCharsets.ISO_8859_1));
    }

    /**
     * Makes this the one value of the header, in the place of the first line that had it, or as a
     * new last line.
     *
     * @throws IllegalArgumentException when the value could end its line
     */
    public void set(HeaderName name, byte[] value) {
        int first = find(name, 0);
        if (first < 0) {
            add(name, value);
            return;
        }
        requireOneLine(name, value);
        for (int i = find(name, first + 1); i >= 0; i = find(name, i + 1)) {
            marks[i * STRIDE] = REMOVED;
        }
        int at = first * STRIDE;
        int start = append(value);
        marks[at + VALUE] = start;
        marks[at + VALUE_END] = start + value.length;
        marks[at + LINE_END] = -1;
    }

    /**
     * Appends a line.
     *
     * @throws IllegalArgumentException when the value could end its line
     */
    public void add(HeaderName name, byte[] value) {
        requireOneLine(name, value);
        byte[] key = name.bytes();
        ensureRoom(key.length + value.length + 4);
        int start = length;
        System.arraycopy(key, 0, bytes, start, key.length);
        int at = start + key.length;
        bytes[at++] = ':';
        bytes[at++] = ' ';
        System.arraycopy(value, 0, bytes, at, value.length);
        int valueEnd = at + value.length;
        bytes[valueEnd] = '\r';
        bytes[valueEnd + 1] = '\n';
        length = valueEnd + 2;
        mark(start, start + key.length, at, valueEnd, length, name.hash(), name.bit());
    }

    /** Adds the lines of another, in their order, as they are. */
    public void copyLines(Fields other) {
        for (int i = 0; i < other.count; i++) {
            if (other.isLive(i)) {
                int at = i * STRIDE;
                int name = appendRange(other, other.marks[at], other.marks[at + NAME_END]);
                int nameEnd = length;
                append(new byte[] {':', ' '});
                int value = appendRange(other, other.valueStart(i), other.valueEnd(i));
                int valueEnd = length;
                append(new byte[] {'\r', '\n'});
                mark(name, nameEnd, value, valueEnd, length, other.marks[at + HASH], -1);
            }
        }
        known |= other.known;
    }

    private int appendRange(Fields other, int from, int to) {
        ensureRoom(to - from);
        int at = length;
        System.arraycopy(other.bytes, from, bytes, at, to - from);
        length += to - from;
        return at;
    }

    /** Removes every line of a header. */
    public void remove(HeaderName name) {
        for (int i = find(name, 0); i >= 0; i = find(name, i + 1)) {
            marks[i * STRIDE] = REMOVED;
        }
    }

    /** Removes the line at an index. */
    public void removeAt(int index) {
        marks[index * STRIDE] = REMOVED;
    }

    /** An upper bound for what {@link #writeTo} writes. */
    public int sizeHint() {
        return length + 4 * count;
    }

    /** Writes the lines as they stand, each with its CRLF, without the empty line at the end. */
    public void writeTo(ByteBuf out) {
        int runStart = -1;
        int runEnd = -1;
        for (int i = 0, at = 0; i < count; i++, at += STRIDE) {
            int start = marks[at];
            if (start == REMOVED) {
                continue;
            }
            int end = marks[at + LINE_END];
            if (start != runEnd || end < 0) {
                if (runEnd > runStart) {
                    out.writeBytes(bytes, runStart, runEnd - runStart);
                }
                runStart = start;
            }
            if (end < 0) {
                out.writeBytes(bytes, start, marks[at + NAME_END] - start);
                out.writeShort((':' << 8) | ' ');
                out.writeBytes(bytes, marks[at + VALUE], marks[at + VALUE_END] - marks[at + VALUE]);
                out.writeShort(('\r' << 8) | '\n');
                runStart = -1;
                runEnd = -1;
            } else {
                runEnd = end;
            }
        }
        if (runEnd > runStart) {
            out.writeBytes(bytes, runStart, runEnd - runStart);
        }
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    // The last guard against splitting a message: whatever made the value, it stays one line.
    private static void requireOneLine(HeaderName name, byte[] value) {
        for (byte b : value) {
            if (b == '\r' || b == '\n' || b == 0) {
                throw new IllegalArgumentException(
                        "header "
                                + name
                                + ": found a CR, LF or NUL in the value, expected one line");
            }
        }
    }
}
