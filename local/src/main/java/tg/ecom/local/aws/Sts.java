package tg.ecom.local.aws;

/** The Security Token Service, as far as asking who one is. */
public final class Sts extends QueryProtocol {
    /** Offers GetCallerIdentity: everybody is the account's root. */
    public Sts() {
        super("sts", "https://sts.amazonaws.com/doc/2011-06-15/");
        offer(
                "GetCallerIdentity",
                (form, result) -> result.element("Arn", "arn:aws:iam::" + Account.ID + ":root")
                        .element("UserId", Account.ID)
                        .element("Account", Account.ID));
    }
}
