package org.qfpsim.sim.device;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.qfpsim.datapath.sa.PolicyRule;
import org.qfpsim.datapath.sa.TrafficSelector;

/** Reads policies; selectors are in the packet's own direction. */
final class PolicyReader {
    private static final Map<String, PolicyRule.Action> ACTIONS = Map.of("protect", PolicyRule.Action.PROTECT,
        "bypass", PolicyRule.Action.BYPASS, "deny_drop", PolicyRule.Action.DENY_DROP);
    private static final Map<String, PolicyRule.Action> DEFAULTS = Map.of("bypass", PolicyRule.Action.BYPASS,
        "drop", PolicyRule.Action.DENY_DROP, "deny_drop", PolicyRule.Action.DENY_DROP);
    private static final Map<String, PolicyRule.Direction> DIRECTIONS =
        Map.of("in", PolicyRule.Direction.INBOUND, "out", PolicyRule.Direction.OUTBOUND);

    private PolicyReader() {
    }

    /**
     * Reads one policy.
     *
     * @param policy   the object.
     * @param number   from 1, for the name of a policy that has none.
     * @param outbound the names of the outbound SAs.
     * @return the rule.
     */
    static PolicyRule read(final JsonCursor policy, final int number, final Set<String> outbound) {
        policy.object(DeviceFields.POLICY);
        final PolicyRule.Direction direction = policy.has("direction")
            ? policy.at("direction").choice(DIRECTIONS) : PolicyRule.Direction.INBOUND;
        final PolicyRule.Action action = policy.at("action").choice(ACTIONS);
        final TrafficSelector selector = SelectorReader.read(policy);
        final String name = policy.has("name") ? policy.at("name").text() : "policy " + number;
        return new PolicyRule(name, direction, selector, action, sa(policy, direction, action, outbound));
    }

    private static @Nullable String sa(final JsonCursor policy, final PolicyRule.Direction direction, final PolicyRule.Action action,
                                       final Set<String> outbound) {
        if (!policy.has("sa")) {
            return null;
        }
        final JsonCursor sa = policy.at("sa");
        if (direction != PolicyRule.Direction.OUTBOUND || action != PolicyRule.Action.PROTECT) {
            throw sa.error("only a policy with \"direction\": \"out\" and \"action\": \"protect\" uses an SA; leave the field out");
        }
        final String name = sa.text();
        if (!outbound.contains(name)) {
            throw sa.error(Shown.value(name) + " is not an SA of outbound_sas" + (outbound.isEmpty()
                ? ", which has none" : "; did you mean " + Shown.nearest(name, outbound) + "?"));
        }
        return name;
    }

    static PolicyRule.Action defaultAction(final JsonCursor file) {
        return file.has("default_policy") ? file.at("default_policy").choice(DEFAULTS) : PolicyRule.Action.BYPASS;
    }
}
