package io.lateen.manager.translate.memo;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Results of one pure generator by their key. The generator is handed <em>only the key</em>, so
 * whatever it reads is part of what is compared: an input cannot be forgotten.
 *
 * <p>Any thread writes and reads; the map is concurrent and two threads that miss at once compute
 * the same value. {@link #turn} forgets what was not asked for lately, so that the memory is
 * bounded by a few snapshots' worth.
 *
 * @param <K> all inputs of the generator, compared by value
 * @param <V> what it gives, immutable
 */
public final class Memo<K, V> {

    /** How many turns an entry stays without being asked for. */
    private static final int KEPT_TURNS = 8;

    private final Function<K, V> generator;
    private final ConcurrentHashMap<K, Entry<V>> entries = new ConcurrentHashMap<>();
    private final AtomicInteger turn = new AtomicInteger();

    /** A memory of nothing. */
    public Memo(Function<K, V> generator) {
        this.generator = generator;
    }

    /** The value for the key: remembered, or generated now. */
    public V get(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            entry = new Entry<>(generator.apply(key), turn.get());
            entries.put(key, entry);
        } else {
            entry.lastTurn = turn.get();
        }
        return entry.value;
    }

    /** Begins a new turn (a new snapshot) and forgets what the last few did not ask for. */
    public void turn() {
        int oldest = turn.incrementAndGet() - KEPT_TURNS;
        entries.values().removeIf(entry -> entry.lastTurn < oldest);
    }

    /** How many values are remembered. */
    public int size() {
        return entries.size();
    }

    private static final class Entry<V> {

        private final V value;
        private volatile int lastTurn;

        private Entry(V value, int lastTurn) {
            this.value = value;
            this.lastTurn = lastTurn;
        }
    }
}
