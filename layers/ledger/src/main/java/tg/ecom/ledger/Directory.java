package tg.ecom.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import tg.ecom.kernel.Money;
import tg.ecom.kernel.Phone;
import tg.ecom.kernel.UserId;
import tg.ecom.kernel.WalletId;
import tg.ecom.platform.CommonProblem;
import tg.ecom.platform.Database;

/**
 * Who holds which phone, for all domains. It keeps hashes and masked names: nobody's whole name or number can be read
 * from it.
 */
public final class Directory {
    /** The KYC tier of somebody whose phone was checked by a code, and nothing else. */
    public static final int FIRST_TIER = 1;

    static final String BY_PHONE = """
            select user_id, wallet_id, display_name
            from ledger.holders
            where phone_hash = :phone_hash
            """;

    /** With how often the asker asked in vain lately; one row, with or without a holder. */
    static final String ASKED_BY_PHONE = """
            select h.user_id, h.wallet_id, h.display_name, (
                select count(*) from ledger.vain_lookups v where v.asker_id = :asker and v.asked_at > :since) as vain
            from (values (1)) one
            left join ledger.holders h on h.phone_hash = :phone_hash
            """;

    /** More wrong numbers than anybody mistypes in an hour. */
    private static final int VAIN_LOOKUPS_AN_HOUR_MAX = 20;

    private static final Duration HOUR = Duration.ofHours(1);

    static final String BY_WALLET = """
            select user_id, wallet_id, display_name
            from ledger.holders
            where wallet_id = :wallet and user_id is not null
            """;

    private final Statements statements;
    private final PhoneHash phoneHash;
    private final InstantSource clock;

    /** The directory over a function's connection. */
    public Directory(Database database, PhoneHash phoneHash, InstantSource clock) {
        this(database::call, phoneHash, clock);
    }

    private Directory(Statements statements, PhoneHash phoneHash, InstantSource clock) {
        this.statements = statements;
        this.phoneHash = phoneHash;
        this.clock = clock;
    }

    /** The same directory as part of a transaction. */
    public Directory within(Handle transaction) {
        return new Directory(Statements.in(transaction), phoneHash, clock);
    }

    /**
     * Enters a person who signs up and opens their wallet, whose id is theirs, under the caps of {@link #FIRST_TIER}.
     *
     * @param displayName the name as others may see it, see {@link tg.ecom.kernel.DisplayName#masked}
     * @return the person's wallet
     */
    public WalletId register(UserId user, Phone phone, String displayName) {
        statements.run(handle -> handle.createQuery("""
                        select ledger.register_holder(
                            p_user_id => :user,
                            p_phone_hash => :phone_hash,
                            p_display_name => :display_name,
                            p_tier => cast(:tier as smallint),
                            p_currency => :currency,
                            p_at => :at)
                        """)
                .bind("user", user)
                .bind("phone_hash", phoneHash.of(phone))
                .bind("display_name", displayName)
                .bind("tier", FIRST_TIER)
                .bind("currency", Money.CURRENCY)
                .bind("at", clock.instant())
                .mapTo(String.class)
                .list());
        return new WalletId(user.value());
    }

    /** Changes the name others see. @return whether there is such a person */
    public boolean rename(UserId user, String displayName) {
        return statements.run(handle -> handle.createQuery("""
                        select ledger.rename_holder(p_user_id => :user, p_display_name => :display_name, p_at => :at)
                        """)
                .bind("user", user)
                .bind("display_name", displayName)
                .bind("at", clock.instant())
                .mapTo(Boolean.class)
                .one());
    }

    /** Who has that phone. */
    public Optional<Holder> find(Phone phone) {
        return statements.run(handle -> handle.createQuery(BY_PHONE)
                .bind("phone_hash", phoneHash.of(phone))
                .map((row, context) -> holder(row))
                .findOne());
    }

    /**
     * Who has that phone, told to somebody who pays. Numbers that nobody has are counted, so that nobody learns by
     * paying who has an account.
     *
     * @throws tg.ecom.kernel.ProblemException {@link CommonProblem.TooMany} when the asker asked in vain too often,
     *     whoever has this phone
     */
    public Optional<Holder> find(Phone phone, UserId asker) {
        Instant now = clock.instant();
        Asked asked = statements.run(handle -> handle.createQuery(ASKED_BY_PHONE)
                .bind("phone_hash", phoneHash.of(phone))
                .bind("asker", asker)
                .bind("since", now.minus(HOUR))
                .map((row, context) -> new Asked(
                        row.getObject("wallet_id") == null ? Optional.empty() : Optional.of(holder(row)),
                        row.getInt("vain")))
                .one());
        if (asked.vain >= VAIN_LOOKUPS_AN_HOUR_MAX) {
            throw new CommonProblem.TooMany(HOUR).asException();
        }
        if (asked.holder.isEmpty()) {
            statements.run(
                    handle -> handle.createQuery("select ledger.note_vain_lookup(p_asker_id => :asker, p_at => :at)")
                            .bind("asker", asker)
                            .bind("at", now)
                            .mapTo(String.class)
                            .list());
        }
        return asked.holder;
    }

    private record Asked(Optional<Holder> holder, int vain) {}

    /** Whose wallet that is. */
    public Optional<Holder> find(WalletId wallet) {
        return statements.run(handle -> handle.createQuery(BY_WALLET)
                .bind("wallet", wallet)
                .map((row, context) -> holder(row))
                .findOne());
    }

    private static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                new UserId(row.getObject("user_id", UUID.class)),
                new WalletId(row.getObject("wallet_id", UUID.class)),
                row.getString("display_name"));
    }
}
