package io.lateen.manager.store;

import java.time.Clock;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes to PostgreSQL. Writers queue for the counter's row, across all managers, so revisions are
 * committed in the order of their numbers. Thread-safe.
 */
final class PostgresStore implements ObjectStore {
    private final TransactionTemplate transactions;
    private final ChangeStatements statements;
    private final Replica replica;
    private final Clock clock;

    PostgresStore(
            TransactionTemplate transactions,
            ChangeStatements statements,
            Replica replica,
            Clock clock) {
        this.transactions = transactions;
        this.statements = statements;
        this.replica = replica;
        this.clock = clock;
    }

    @Override
    public <T> T write(Author author, Function<ObjectTransaction, T> work) {
        Written<T> written = run(author, work, false);
        // The write is committed: an outage from here on must not make it look refused.
        replica.showAtLeast(written.revision());
        return written.result();
    }

    @Override
    public <T> T rehearse(Author author, Function<ObjectTransaction, T> work) {
        return run(author, work, true).result();
    }

    private <T> Written<T> run(Author author, Function<ObjectTransaction, T> work, boolean undo) {
        try {
            Written<T> written =
                    transactions.execute(
                            status -> {
                                var transaction =
                                        new PostgresTransaction(
                                                statements, clock, statements.lockRevision());
                                T result = work.apply(transaction);
                                statements.write(transaction.changes(), author, clock.instant());
                                if (undo) {
                                    status.setRollbackOnly();
                                }
                                return new Written<>(result, transaction.revision());
                            });
            return java.util.Objects.requireNonNull(written, "the callback answers a value");
        } catch (TransactionException | DataAccessException e) {
            if (Outage.is(e)) {
                throw new StoreUnavailable(
                        "PostgreSQL does not take writes at the moment ("
                                + Outage.reason(e)
                                + "); what was sent may or may not have been written: read it"
                                + " before sending it again",
                        e);
            }
            throw e;
        }
    }

    private record Written<T>(T result, long revision) {}
}
