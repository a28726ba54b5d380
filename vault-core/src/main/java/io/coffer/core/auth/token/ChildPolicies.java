// SPDX-License-Identifier: Apache-2.0
package io.coffer.core.auth.token;

import io.coffer.core.policy.PolicyName;
import io.coffer.core.token.PolicyNames;
import io.coffer.core.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which policies a token gets: never more than its maker may give away.
///
/// Without a role whose lists decide, those are the maker's own, unless he has `sudo`. With one, they are what the
/// role allows, whatever the maker has. `root` only ever comes from `root`.
final class ChildPolicies {
    private final TokenRequest request;
    private final Token maker;
    private final Optional<TokenRole> role;
    private final boolean sudo;

    /// @param sudo whether the maker may do as he likes
    ChildPolicies(TokenRequest request, Token maker, Optional<TokenRole> role, boolean sudo) {
        this.request = request;
        this.maker = maker;
        this.role = role;
        this.sudo = sudo;
    }

    sealed interface Outcome {
        record Good(List<String> policies) implements Outcome {}

        record Bad(String error) implements Outcome {}
    }

    Outcome resolve() {
        Outcome decided = role.filter(each -> each.policies().decide()).isPresent()
                ? byRole(role.get())
                : request.policies().isEmpty() ? new Outcome.Good(maker.policies()) : byMaker();
        return decided instanceof Outcome.Good(List<String> policies) ? checked(policies) : decided;
    }

    private Outcome byMaker() {
        List<String> asked = PolicyNames.canonical(request.policies(), false);
        if (!sudo && !maker.policies().containsAll(asked)) {
            return new Outcome.Bad("child policies must be subset of parent");
        }
        boolean withDefault = sudo || maker.policies().contains(PolicyName.DEFAULT.value());
        return new Outcome.Good(
                PolicyNames.canonical(asked, withDefault && !request.wishes().noDefault()));
    }

    private Outcome byRole(TokenRole role) {
        TokenRole.Policies lists = role.policies();
        boolean withDefault = !withoutDefault() && !lists.disallow(PolicyName.DEFAULT.value());
        List<String> asked =
                request.policies().isEmpty() ? List.of() : PolicyNames.canonical(request.policies(), withDefault);
        List<String> allowed = PolicyNames.canonical(lists.allowed(), withDefault);
        List<String> policies = !asked.isEmpty()
                ? asked
                : lists.allowsSome() ? allowed : PolicyNames.canonical(maker.policies(), withDefault);
        if (lists.allowsSome() && !asked.stream().allMatch(policy -> allows(lists, allowed, policy))) {
            return new Outcome.Bad("token policies (" + listed(asked)
                    + ") must be subset of the role's allowed policies (" + listed(allowed) + ") or glob policies ("
                    + listed(lists.allowedGlob()) + ")");
        }
        return policies.stream()
                .filter(lists::disallow)
                .findFirst()
                .<Outcome>map(policy -> new Outcome.Bad("token policy \"" + policy + "\" is disallowed by this role"))
                .orElseGet(() -> new Outcome.Good(policies));
    }

    private static boolean allows(TokenRole.Policies lists, List<String> allowed, String policy) {
        return allowed.contains(policy)
                || lists.allowedGlob().stream().anyMatch(pattern -> Glob.matches(pattern, policy));
    }

    private Outcome checked(List<String> decided) {
        List<String> policies = new ArrayList<>(decided);
        if (withoutDefault()) {
            policies.remove(PolicyName.DEFAULT.value());
        }
        if (policies.contains(PolicyName.RESPONSE_WRAPPING.value())) {
            return new Outcome.Bad("cannot assign policy \"" + PolicyName.RESPONSE_WRAPPING.value() + "\"");
        }
        return policies.contains(Token.ROOT_POLICY) && !maker.isRoot()
                ? new Outcome.Bad("root tokens may not be created without parent token being root")
                : new Outcome.Good(policies);
    }

    private boolean withoutDefault() {
        return request.wishes().noDefault()
                || role.filter(each -> each.rules().terms().noDefaultPolicy()).isPresent();
    }

    private static String listed(List<String> names) {
        return names.isEmpty() ? "[]" : "[\"" + String.join("\" \"", names) + "\"]";
    }
}
