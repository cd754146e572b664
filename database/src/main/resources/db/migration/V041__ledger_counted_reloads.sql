-- A recharge meets its caps when it begins. When its money arrives it counts, and no cap can turn it away any more.

create or replace function ledger.credit_refusal(
    p_wallet ledger.wallets, p_amount bigint, p_caps ledger.caps, p_at timestamptz)
    returns ledger.refused language plpgsql stable as $$
declare
    amount_max constant bigint := 1000000000000;
    tier ledger.tiers;
begin
    if p_wallet.balance + p_amount > amount_max then
        return row('balance_cap_exceeded', p_wallet.id, 'balance', amount_max,
            greatest(amount_max - p_wallet.balance, 0))::ledger.refused;
    elsif p_caps in ('none', 'counted') or p_wallet.tier is null then
        return null;
    end if;
    tier := ledger.tier_at(p_wallet.tier, p_at);
    if p_wallet.balance + p_amount > tier.balance_max then
        return row('balance_cap_exceeded', p_wallet.id, 'balance', tier.balance_max,
            greatest(tier.balance_max - p_wallet.balance, 0))::ledger.refused;
    elsif p_caps = 'reload' and p_wallet.reloaded_month + p_amount > tier.reload_max then
        return row('limit_exceeded', p_wallet.id, 'reload', tier.reload_max,
            greatest(tier.reload_max - p_wallet.reloaded_month, 0))::ledger.refused;
    end if;
    return null;
end
$$;

create or replace function ledger.moved(
    p_wallet ledger.wallets, p_amount bigint, p_caps ledger.caps, p_hold ledger.holds, p_hold_closes boolean)
    returns ledger.wallets language plpgsql immutable as $$
begin
    p_wallet.balance := p_wallet.balance + p_amount;
    p_wallet.entry_count := p_wallet.entry_count + 1;
    if p_hold.id is not null then
        p_wallet.held := p_wallet.held + p_amount;
        if p_hold_closes then
            return ledger.given_back(p_wallet, p_hold, p_hold.amount - p_hold.captured + p_amount);
        end if;
    elsif p_caps = 'spending' and p_amount < 0 then
        p_wallet.spent_day := p_wallet.spent_day - p_amount;
        p_wallet.spent_month := p_wallet.spent_month - p_amount;
    elsif p_caps in ('reload', 'counted') and p_amount > 0 then
        p_wallet.reloaded_month := p_wallet.reloaded_month + p_amount;
    end if;
    return p_wallet;
end
$$;
