package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.filter.headers.HeaderText;
import java.util.ArrayList;
import java.util.List;

/** Makes header edits from {@code envoy.config.core.v3.HeaderValueOption}. */
final class HeaderEditsFactory {

    private HeaderEditsFactory() {}

    /**
     * @param at the message's path and the fields' beginning, {@code ….request_headers}
     */
    static HeaderEdits edits(List<HeaderValueOption> toAdd, List<String> toRemove, String at)
            throws Refusal {
        List<HeaderName> removals = new ArrayList<>();
        for (int i = 0; i < toRemove.size(); i++) {
            removals.add(editable(toRemove.get(i), at + "_to_remove[" + i + "]"));
        }
        List<HeaderEdits.Addition> additions = new ArrayList<>();
        for (int i = 0; i < toAdd.size(); i++) {
            String each = at + "_to_add[" + i + "]";
            HeaderValue header = toAdd.get(i).getHeader();
            HeaderText value = value(header.getValue(), each + ".header.value");
            // Without keep_empty_value an empty header is not sent at all.
            boolean keepEmpty = toAdd.get(i).getKeepEmptyValue();
            if (keepEmpty || !value.isEmpty()) {
                additions.add(
                        new HeaderEdits.Addition(
                                editable(header.getKey(), each + ".header.key"),
                                value,
                                mode(toAdd.get(i), each),
                                keepEmpty));
            }
        }
        return HeaderEdits.of(removals, additions);
    }

    @SuppressWarnings("deprecation") // append is what older managers send
    private static HeaderEdits.Mode mode(HeaderValueOption option, String at) throws Refusal {
        if (option.hasAppend()) {
            return option.getAppend().getValue() ? HeaderEdits.Mode.ADD : HeaderEdits.Mode.SET;
        }
        return switch (option.getAppendAction()) {
            case APPEND_IF_EXISTS_OR_ADD -> HeaderEdits.Mode.ADD;
            case OVERWRITE_IF_EXISTS_OR_ADD -> HeaderEdits.Mode.SET;
            case ADD_IF_ABSENT -> HeaderEdits.Mode.ADD_IF_ABSENT;
            case OVERWRITE_IF_EXISTS -> HeaderEdits.Mode.SET_IF_PRESENT;
            case UNRECOGNIZED -> throw new Refusal(at + ".append_action", "is not known");
        };
    }

    private static HeaderName editable(String name, String field) throws Refusal {
        if (name.startsWith(":") || name.equalsIgnoreCase("host")) {
            throw new Refusal(
                    field,
                    "is '%s', which is rewritten and not edited; expected a header"
                            .formatted(name));
        }
        return Reading.headerName(name, field);
    }

    /** Envoy reads {@code %…%} as a command and {@code %%} as a percent sign. */
    private static HeaderText value(String format, String field) throws Refusal {
        try {
            return HeaderText.of(format);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(field, String.valueOf(wrong.getMessage()));
        }
    }
}
