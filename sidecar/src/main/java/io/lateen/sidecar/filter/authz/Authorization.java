package io.lateen.sidecar.filter.authz;

import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Crossing;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Step;
import io.lateen.sidecar.exchange.TcpFlow;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests and connections pass, or not: by rules that deny, of which the first that matches
 * decides, or by rules that allow, of which one must match.
 */
public final class Authorization implements RequestFilter, ConnectionFilter {

    private final Effect effect;
    private final Rule[] rules;
    private final Failure unmatched;

    /** What becomes of what matches. */
    public enum Effect {
        /** It passes, and nothing else does. */
        ALLOW,
        /** It does not pass, and all else does. */
        DENY
    }

    /**
     * One rule of a policy.
     *
     * @param name {@code ns[foo]-policy[httpbin]-rule[0]}
     * @param doing what is done
     * @param who does it
     */
    public record Rule(String name, Condition doing, Condition who) {

        boolean matches(Crossing crossing, @Nullable RequestHead head) {
            return who.holds(crossing, head) && doing.holds(crossing, head);
        }
    }

    /** Rules of one effect; they are asked in the order of their names, as Envoy asks them. */
    public Authorization(Effect effect, List<Rule> rules) {
        this.effect = effect;
        this.rules = rules.stream().sorted(Comparator.comparing(Rule::name)).toArray(Rule[]::new);
        this.unmatched = new Failure.Denied(null, rules.stream().map(Rule::name).sorted().toList());
    }

    @Override
    public Step apply(Exchange exchange) {
        Failure denied = decide(exchange, exchange.request());
        if (denied == null) {
            return Step.CONTINUE;
        }
        exchange.fail(denied);
        return Step.ENDED;
    }

    @Override
    public @Nullable Failure refuses(TcpFlow flow) {
        return decide(flow, null);
    }

    /** Why it does not pass; null when it does. */
    @Nullable Failure decide(Crossing crossing, @Nullable RequestHead head) {
        for (Rule rule : rules) {
            if (rule.matches(crossing, head)) {
                return effect == Effect.ALLOW ? null : new Failure.Denied(rule.name(), List.of());
            }
        }
        return effect == Effect.ALLOW ? unmatched : null;
    }
}
