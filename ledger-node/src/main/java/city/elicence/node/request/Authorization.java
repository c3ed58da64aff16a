package city.elicence.node.request;

import city.elicence.node.state.Nym;
import city.elicence.node.state.State;
import java.util.Optional;
import java.util.Set;

/** Decides whether the signers of a request may do what it asks, by the rules and the roles that the ledger gives them. */
public final class Authorization {
    private static final Set<String> ENDORSE_FOR_THEMSELVES =
            Set.of(Role.TRUSTEE.number(), Role.STEWARD.number(), Role.ENDORSER.number());

    private final Request request;
    private final State state;

    public Authorization(Request request, State state) {
        this.request = request;
        this.state = state;
    }

    public void require(AuthAction action) throws Refusal {
        Constraint rule = AuthRules.rule(action, state)
                .orElseThrow(() -> Refusal.rejected("UnauthorizedClientRequest('no rule allows " + action.id() + "')"));
        Optional<String> problem = problem(rule, action);
        if (problem.isPresent()) {
            throw Refusal.rejected("UnauthorizedClientRequest('" + problem.get() + "')");
        }
    }

    private Optional<String> problem(Constraint rule, AuthAction action) {
        return switch (rule) {
            case Constraint.Forbidden forbidden -> Optional.of("The action is forbidden");
            case Constraint.AnyOf any -> {
                StringBuilder failed = new StringBuilder("Not one of the rule's alternatives holds:");
                for (Constraint alternative : any.constraints()) {
                    Optional<String> problem = problem(alternative, action);
                    if (problem.isEmpty()) {
                        yield Optional.empty();
                    }
                    failed.append(' ').append(problem.get()).append(';');
                }
                yield Optional.of(failed.toString());
            }
            case Constraint.AllOf all -> {
                for (Constraint part : all.constraints()) {
                    Optional<String> problem = problem(part, action);
                    if (problem.isPresent()) {
                        yield problem;
                    }
                }
                yield Optional.empty();
            }
            case Constraint.Signatures signatures ->
                signatureProblem(signatures, action).or(this::endorsementProblem);
        };
    }

    private Optional<String> signatureProblem(Constraint.Signatures rule, AuthAction action) {
        Optional<Nym> author = Nym.find(state, request.identifier());
        if (rule.owner() && !action.owner()) {
            String name = Role.name(author.flatMap(Nym::role));
            return Optional.of(name + " can not touch " + action.field() + " field since only the owner can modify it");
        }
        if (author.isEmpty()) {
            return Optional.of("sender's DID " + request.identifier() + " is not found in the Ledger");
        }
        if (!request.signatures().containsKey(request.identifier())) {
            return Optional.of("Author must sign the transaction");
        }
        long count = request.signatures().keySet().stream()
                .filter(did -> counts(did, rule))
                .count();
        return count >= rule.count()
                ? Optional.empty()
                : Optional.of("Not enough " + Role.name(rule.role()) + " signatures");
    }

    private boolean counts(String did, Constraint.Signatures rule) {
        Optional<Nym> nym = Nym.find(state, did);
        return nym.isPresent()
                && (rule.role().filter(Constraint.Signatures.ANY::equals).isPresent()
                        || nym.get().role().equals(rule.role()));
    }

    /** Who has no role may write through an endorser, who must be named in the request and have signed it. */
    private Optional<String> endorsementProblem() {
        Optional<String> endorser = request.endorser();
        if (endorser.isPresent()) {
            if (!roleOf(endorser.get()).equals(Optional.of(Role.ENDORSER.number()))) {
                return Optional.of("Endorser must have one of the following roles: ENDORSER");
            }
            if (!endorser.get().equals(request.identifier())
                    && !request.signatures().containsKey(endorser.get())) {
                return Optional.of("Endorser must sign the transaction");
            }
            return Optional.empty();
        }
        boolean others = request.signatures().keySet().stream().anyMatch(did -> !did.equals(request.identifier()));
        boolean authorNeedsNone = privileged(request.identifier());
        boolean endorsed = request.signatures().keySet().stream().anyMatch(this::privileged);
        return others && !authorNeedsNone && endorsed
                ? Optional.of("'Endorser' field must be explicitly set for the endorsed transaction")
                : Optional.empty();
    }

    private boolean privileged(String did) {
        return roleOf(did).filter(ENDORSE_FOR_THEMSELVES::contains).isPresent();
    }

    private Optional<String> roleOf(String did) {
        return Nym.find(state, did).flatMap(Nym::role);
    }
}
