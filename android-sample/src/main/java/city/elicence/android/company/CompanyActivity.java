package city.elicence.android.company;

import android.net.Uri;
import android.os.Bundle;
import android.widget.LinearLayout;
import city.elicence.android.R;
import city.elicence.android.screen.Screen;
import city.elicence.credentials.json.JsonException;
import city.elicence.wallet.company.CompanyLink;
import city.elicence.wallet.company.CompanyPhone.Seat;
import city.elicence.wallet.company.WaitingRequest;
import city.elicence.wallet.outcome.Words;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait at a company's wallet for its people. Each is read here in full, who asks, what the company would sign for and
 * show, before a finger signs yes or no to exactly that.
 */
public final class CompanyActivity extends Screen {
    private static final Map<String, Integer> POWERS = Map.of(
            "present-licences", R.string.power_present_licences,
            "open-account", R.string.power_open_account,
            "sign-contract", R.string.power_sign_contract,
            "declare-customs", R.string.power_declare_customs,
            "apply-finance", R.string.power_apply_finance,
            "register-property", R.string.power_register_property);

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        Uri data = getIntent().getData();
        CompanyLink link = data == null ? null : CompanyLink.of(data.toString());
        if (link == null) {
            load();
        } else {
            offer(link);
        }
    }

    private void offer(CompanyLink link) {
        LinearLayout panel = look().panel();
        panel.addView(look().heading(getString(R.string.company_pair)));
        panel.addView(look().text(getString(R.string.company_pair_what), 16, R.color.ink));
        panel.addView(look().text(link.wallet().getAuthority() + " · " + link.company(), 14, R.color.quiet));
        add(panel);
        add(look().text(getString(R.string.company_pair_sure), 16, R.color.warn));
        choice(R.string.decline, this::finish, R.string.company_pair_go, () -> pair(link));
    }

    private void pair(CompanyLink link) {
        showWaiting();
        step(wallet -> app().company().pair(link), seat -> load());
    }

    private void load() {
        showWaiting();
        ask(wallet -> Optional.ofNullable(app().company().seat()), this::show);
    }

    private void show(Optional<Seat> seat) {
        if (seat.isPresent()) {
            step(wallet -> app().company().waiting(), requests -> list(seat.get(), requests));
        } else {
            clear();
            LinearLayout panel = look().panel();
            panel.addView(look().heading(getString(R.string.company_none)));
            panel.addView(look().text(getString(R.string.company_none_hint), 16, R.color.quiet));
            add(panel);
        }
    }

    private void list(Seat seat, List<WaitingRequest> requests) {
        clear();
        add(look().heading(in(seat.company())));
        add(look().text(getString(R.string.company_as, seat.person()), 16, R.color.quiet));
        if (requests.isEmpty()) {
            add(look().text(getString(R.string.company_nothing), 16, R.color.ink));
        }
        for (WaitingRequest request : requests) {
            LinearLayout panel = look().panel();
            panel.addView(look().heading(in(request.name())));
            for (String act : acts(request)) {
                panel.addView(look().text(act, 16, R.color.ink));
            }
            if (!request.signedBy().isEmpty()) {
                panel.addView(signedBy(request));
            }
            panel.addView(look().secondary(getString(R.string.company_look), () -> read(request)));
            add(panel);
        }
        add(look().secondary(getString(R.string.refresh), this::load));
        add(look().danger(
                        getString(R.string.company_leave),
                        () -> sure(R.string.company_leave_sure, R.string.keep, R.string.company_leave, this::leave)));
    }

    private void read(WaitingRequest request) {
        clear();
        LinearLayout who = look().panel();
        who.addView(look().text(getString(R.string.company_asks), 14, R.color.quiet));
        who.addView(look().heading(in(request.name())));
        who.addView(look().text(
                        getString(request.accredited() ? R.string.accredited : R.string.stranger),
                        16,
                        request.accredited() ? R.color.good : R.color.bad));
        add(who);
        List<String> acts = acts(request);
        if (!request.acts().isEmpty()) {
            LinearLayout signed = look().panel();
            signed.addView(look().heading(getString(R.string.company_signs)));
            for (String act : acts) {
                signed.addView(look().text(act, 20, R.color.ink));
            }
            add(signed);
        }
        for (WaitingRequest.Shown shown : request.shown()) {
            LinearLayout panel = look().panel();
            panel.addView(look().heading(getString(R.string.from_card, in(shown.card()))));
            List<String> claims = new ArrayList<>();
            for (Words claim : shown.claims()) {
                claims.add(in(claim));
            }
            panel.addView(look().text(String.join(getString(R.string.comma), claims), 16, R.color.ink));
            add(panel);
        }
        if (!request.signedBy().isEmpty()) {
            add(signedBy(request));
        }
        add(look().text(getString(R.string.company_confirm), 14, R.color.quiet));
        add(look().secondary(getString(R.string.company_list), this::load));
        if (acts.isEmpty() && !request.acts().isEmpty()) {
            // Nobody signs for what cannot be read to them.
            addToFooter(look().secondary(getString(R.string.deny), () -> decide(request, false)));
        } else {
            choice(R.string.deny, () -> decide(request, false), R.string.company_approve, () -> decide(request, true));
        }
    }

    private android.view.View signedBy(WaitingRequest request) {
        return look().text(
                        getString(R.string.company_signed_by, request.signedBy().size()), 14, R.color.quiet);
    }

    /** In words; none where one of them cannot be read. */
    private List<String> acts(WaitingRequest request) {
        List<String> words = new ArrayList<>();
        try {
            for (WaitingRequest.Act act : request.actsRead()) {
                Integer known = POWERS.get(act.power());
                String power = known == null ? act.power() : getString(known);
                words.add(
                        act.amountFen().isPresent()
                                ? getString(
                                        R.string.company_amount,
                                        power,
                                        String.format(
                                                Locale.ROOT,
                                                "%,.2f",
                                                BigDecimal.valueOf(
                                                        act.amountFen().getAsLong(), 2)))
                                : power);
            }
        } catch (JsonException unreadable) {
            return List.of();
        }
        return words;
    }

    private void decide(WaitingRequest request, boolean agreed) {
        showWaiting();
        step(wallet -> app().company().decide(request, agreed), decided -> {
            if (agreed) {
                say(decided ? R.string.company_answered : R.string.company_signed);
            } else {
                say(R.string.denied);
            }
            load();
        });
    }

    private void leave() {
        showWaiting();
        ask(
                wallet -> {
                    app().company().forget();
                    return true;
                },
                gone -> load());
    }
}
