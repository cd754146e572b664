/** How values are written. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time in UTC, with the day in front unless it is the day of now. */
export function timeText(iso, now) {
    const day = iso.slice(0, 10);
    return now && new Date(now).toISOString().slice(0, 10) === day ? iso.slice(11, 19) : `${day} ${iso.slice(11, 19)}`;
}

/** A duration in milliseconds by its two largest units. */
export function durationText(millis) {
    if (millis < SECOND) {
        return `${Math.max(0, Math.round(millis))} ms`;
    }
    if (millis < MINUTE) {
        return `${(millis / SECOND).toFixed(millis < 10 * SECOND ? 1 : 0)} s`;
    }
    if (millis < HOUR) {
        return `${Math.floor(millis / MINUTE)} min ${Math.floor((millis % MINUTE) / SECOND)} s`;
    }
    return millis < DAY
        ? `${Math.floor(millis / HOUR)} h ${Math.floor((millis % HOUR) / MINUTE)} min`
        : `${Math.floor(millis / DAY)} d ${Math.floor((millis % DAY) / HOUR)} h`;
}

/** Francs, with narrow spaces between thousands. */
export function francs(amount) {
    return `${amount < 0 ? '−' : ''}${String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, '\u202f')} F`;
}

/** Francs with their sign. */
export function signedFrancs(amount) {
    return amount > 0 ? `+${francs(amount)}` : francs(amount);
}

/** A word of the API as people write it. */
export function words(word) {
    return word.toLowerCase().replaceAll('_', ' ');
}
