package city.elicence.credentials.verify.party;

import city.elicence.credentials.json.ClaimPath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a request asks of one type: these claims; none means only that such a credential is shown. */
public record Ask(String vct, List<ClaimPath> claims) {
    public Ask {
        claims = Collections.unmodifiableList(new ArrayList<>(claims));
    }
}
