package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Ascii;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A header list of HTTP/2 in the order of its lines, pseudo-headers apart (RFC 9113 §8.3): what
 * HPACK is read into and written from. It is no table: nobody looks a name up more than once.
 *
 * <p>Of {@link Http2Headers} it has what Netty's frame codec asks for; the rest sees nothing.
 */
final class HeaderList extends DefaultHttp2Headers {

    private static final AsciiString METHOD = PseudoHeaderName.METHOD.value();
    private static final AsciiString PATH = PseudoHeaderName.PATH.value();
    private static final AsciiString SCHEME = PseudoHeaderName.SCHEME.value();
    private static final AsciiString AUTHORITY = PseudoHeaderName.AUTHORITY.value();
    private static final AsciiString STATUS = PseudoHeaderName.STATUS.value();

    /** The order in which they are written. */
    private static final AsciiString[] PSEUDO = {METHOD, SCHEME, AUTHORITY, PATH, STATUS};

    private final @Nullable AsciiString[] pseudo = new AsciiString[PSEUDO.length];
    private int pseudoCount;
    private AsciiString[] lines;
    private int count;

    /** An empty one with room for some lines. */
    HeaderList(int expected) {
        super(false, 2);
        lines = new AsciiString[2 * Math.max(4, expected)];
    }

    /** How many lines there are beside the pseudo-headers. */
    int count() {
        return count;
    }

    AsciiString name(int index) {
        return lines[2 * index];
    }

    AsciiString value(int index) {
        return lines[2 * index + 1];
    }

    /** Appends a line that is known to be well formed, its name in lower case. */
    void append(AsciiString name, AsciiString value) {
        int at = 2 * count;
        if (at == lines.length) {
            lines = Arrays.copyOf(lines, 2 * lines.length);
        }
        lines[at] = name;
        lines[at + 1] = value;
        count++;
    }

    /**
     * Takes a line as it is decoded.
     *
     * @throws IllegalArgumentException when the name is not one of HTTP/2's, or a pseudo-header
     *     comes twice: the codec makes a stream error of it
     */
    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        AsciiString key = AsciiString.of(name);
        if (key.length() > 0 && key.byteAt(0) == ':') {
            int which = pseudo(key);
            if (which < 0 || pseudo[which] != null) {
                throw new IllegalArgumentException(
                        "pseudo-header " + name + ": found it unknown or twice");
            }
            pseudo[which] = AsciiString.of(value);
            pseudoCount++;
            return this;
        }
        checkName(key);
        append(key, AsciiString.of(value));
        return this;
    }

    // RFC 9113 §8.2.1: lower case, and characters of a token.
    private static void checkName(AsciiString name) {
        byte[] b = name.array();
        int from = name.arrayOffset();
        int to = from + name.length();
        for (int i = from; i < to; i++) {
            if (b[i] <= 0 || Ascii.TOKEN_LOWER[b[i]] != b[i]) {
                throw new IllegalArgumentException(
                        "header name: found a character that is none of a lower-case token");
            }
        }
        if (from == to) {
            throw new IllegalArgumentException("header name: found nothing, expected a token");
        }
    }

    private static int pseudo(CharSequence name) {
        for (int i = 0; i < PSEUDO.length; i++) {
            if (PSEUDO[i].contentEquals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable AsciiString method() {
        return pseudo[0];
    }

    @Override
    public @Nullable AsciiString scheme() {
        return pseudo[1];
    }

    @Override
    public @Nullable AsciiString authority() {
        return pseudo[2];
    }

    @Override
    public @Nullable AsciiString path() {
        return pseudo[3];
    }

    @Override
    public @Nullable AsciiString status() {
        return pseudo[4];
    }

    @Override
    public Http2Headers method(CharSequence value) {
        return put(0, value);
    }

    @Override
    public Http2Headers scheme(CharSequence value) {
        return put(1, value);
    }

    @Override
    public Http2Headers authority(CharSequence value) {
        return put(2, value);
    }

    @Override
    public Http2Headers path(CharSequence value) {
        return put(3, value);
    }

    @Override
    public Http2Headers status(CharSequence value) {
        return put(4, value);
    }

    private Http2Headers put(int which, CharSequence value) {
        if (pseudo[which] == null) {
            pseudoCount++;
        }
        pseudo[which] = AsciiString.of(value);
        return this;
    }

    @Override
    public int size() {
        return pseudoCount + count;
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public @Nullable CharSequence get(CharSequence name) {
        int which = pseudo(name);
        if (which >= 0) {
            return pseudo[which];
        }
        int at = find(name);
        return at < 0 ? null : value(at);
    }

    @Override
    public List<CharSequence> getAll(CharSequence name) {
        List<CharSequence> all = List.of();
        for (int i = find(name); i >= 0 && i < count; i++) {
            if (name(i).contentEquals(name)) {
                all = all.isEmpty() ? new ArrayList<>(2) : all;
                all.add(value(i));
            }
        }
        return all;
    }

    @Override
    public boolean contains(CharSequence name) {
        return get(name) != null;
    }

    /** Makes this the one value of a line: Netty joins lengths that agree. */
    @Override
    public Http2Headers setLong(CharSequence name, long value) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (!name(i).contentEquals(name)) {
                lines[2 * kept] = name(i);
                lines[2 * kept + 1] = value(i);
                kept++;
            }
        }
        count = kept;
        append(AsciiString.of(name), AsciiString.of(Long.toString(value)));
        return this;
    }

    private int find(CharSequence name) {
        for (int i = 0; i < count; i++) {
            if (name(i).contentEquals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iterator() {
        return new Lines();
    }

    /** Pseudo-headers, then the lines; each entry is good until the next is asked for. */
    private final class Lines
            implements Iterator<Map.Entry<CharSequence, CharSequence>>,
                    Map.Entry<CharSequence, CharSequence> {

        private int next = -PSEUDO.length;
        private AsciiString key = AsciiString.EMPTY_STRING;
        private AsciiString value = AsciiString.EMPTY_STRING;

        @Override
        public boolean hasNext() {
            while (next < 0 && pseudo[next + PSEUDO.length] == null) {
                next++;
            }
            return next < count;
        }

        @Override
        public Map.Entry<CharSequence, CharSequence> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            AsciiString found = next < 0 ? pseudo[next + PSEUDO.length] : value(next);
            if (found != null) {
                key = next < 0 ? PSEUDO[next + PSEUDO.length] : name(next);
                value = found;
            }
            next++;
            return this;
        }

        @Override
        public CharSequence getKey() {
            return key;
        }

        @Override
        public CharSequence getValue() {
            return value;
        }

        @Override
        public CharSequence setValue(CharSequence other) {
            throw new UnsupportedOperationException("a line stays as it is");
        }
    }
}
