package tg.ecom.local.tools;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.ledger.Directory;
import tg.ecom.ledger.Holder;
import tg.ecom.ledger.Ledger;
import tg.ecom.ledger.PaymentMethod;
import tg.ecom.ledger.PhoneHash;
import tg.ecom.ledger.Posting;
import tg.ecom.ledger.PostingResult;
import tg.ecom.ledger.Verification;
import tg.ecom.ledger.Verifier;
import tg.ecom.platform.ApiSettings;
import tg.ecom.platform.DatabaseSettings;
import tg.ecom.platform.FunctionRuntime;
import tg.ecom.platform.HashingSettings;
import tg.ecom.platform.StageSettings;
import tg.ecom.platform.Surroundings;

/** The ledger as local's tools reach it: by the layers' own code, with the settings of a function of wallet. */
public final class Books {
    private final Supplier<Map<String, String>> environment;
    private final InstantSource clock;
    private Surroundings surroundings;

    /** Over what a function of that environment would see; connected at the first use. */
    public Books(Supplier<Map<String, String>> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
    }

    /** Whether somebody has the phone, and if so what became of paying them from the operator's float. */
    synchronized Optional<PostingResult> fund(Phone phone, Money amount) {
        Surroundings around = surroundings();
        Directory directory = new Directory(around.database(), PhoneHash.keyed(around.keyedHash()), clock);
        Optional<Holder> holder = directory.find(phone);
        return holder.map(found ->
                new Ledger(around.database(), clock).post(Posting.funding(PaymentMethod.YAS, found.wallet(), amount)));
    }

    /** Checks everything. */
    synchronized Verification verify() {
        return new Verifier(surroundings().database()).verify();
    }

    private Surroundings surroundings() {
        if (surroundings == null) {
            try {
                surroundings = FunctionRuntime.within(
                        environment.get(),
                        clock,
                        () -> new Surroundings(List.of(
                                StageSettings.class,
                                ApiSettings.class,
                                HashingSettings.class,
                                DatabaseSettings.class)));
            } catch (Exception failed) {
                throw new IllegalStateException("the ledger's settings are wrong", failed);
            }
        }
        return surroundings;
    }
}
