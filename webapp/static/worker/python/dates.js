// Days, moments and lengths of time. Time zones are the browser's to know; the school's is London's (D7).

import { pyOutside, pyValueError } from "./values.js";

const DAY = 86_400_000;
const LONDON = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

export const pyUtc = "UTC";

class Duration {
  /** @param {number} milliseconds */
  constructor(milliseconds) {
    this.milliseconds = milliseconds;
  }

  get days() {
    return Math.floor(this.milliseconds / DAY);
  }

  get pyHash() {
    return this.milliseconds;
  }

  get pyTruth() {
    return this.milliseconds !== 0;
  }

  /** @param {Duration} other */
  pyOrder(other) {
    return this.milliseconds - other.milliseconds;
  }

  /** @param {Duration | Day | PyMoment} other @returns {Py} */
  pyAdd(other) {
    return other instanceof Duration ? new Duration(this.milliseconds + other.milliseconds) : other.pyAdd(this);
  }

  /** @param {Duration} other */
  pySubtract(other) {
    return this.pyAdd(other.pyMultiply(-1));
  }

  /** @param {number} times */
  pyMultiply(times) {
    return new Duration(this.milliseconds * times);
  }
}

/** @param {number} [days] @param {number} [seconds] @param {number} [microseconds] @param {number} [milliseconds]
 *  @param {number} [minutes] @param {number} [hours] @param {number} [weeks] */
export function pyTimedelta(days = 0, seconds = 0, microseconds = 0, milliseconds = 0, minutes = 0, hours = 0, weeks = 0) {
  if (microseconds) throw pyOutside("a part of a millisecond");
  return new Duration((weeks * 7 + days) * DAY + ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds);
}

/** @param {Duration} duration */
export const pyTotalSeconds = (duration) => duration.milliseconds / 1000;

class Day {
  /** @param {string} iso */
  constructor(iso) {
    this.iso = iso;
    this.midnight = Date.parse(`${iso}T00:00:00Z`);
  }

  get year() {
    return Number(this.iso.slice(0, 4));
  }

  get month() {
    return Number(this.iso.slice(5, 7));
  }

  get day() {
    return Number(this.iso.slice(8));
  }

  get pyHash() {
    return this.iso;
  }

  get pyText() {
    return this.iso;
  }

  /** @param {Day} other */
  pyOrder(other) {
    return this.midnight - other.midnight;
  }

  /** @param {Duration} duration */
  pyAdd(duration) {
    return dayAt(this.midnight + duration.days * DAY);
  }

  /** @param {Day | Duration} other */
  pySubtract(other) {
    if (other instanceof Day) return new Duration(this.midnight - other.midnight);
    return this.pyAdd(new Duration(-other.days * DAY));
  }
}

/** Before the year 1 and after 9999 there are no days.
 *  @param {number} milliseconds */
function dayAt(milliseconds) {
  const iso = new Date(milliseconds).toISOString();
  if (!/^[0-9]{4}-/.test(iso) || iso.startsWith("0000")) throw pyOutside("a day so far away");
  return new Day(iso.slice(0, 10));
}

/** @param {number} year @param {number} month @param {number} day */
export function pyDate(year, month, day) {
  /** @param {number} number @param {number} digits */
  const part = (number, digits) => String(number).padStart(digits, "0");
  return pyDateFromIso(`${part(year, 4)}-${part(month, 2)}-${part(day, 2)}`);
}

/** @param {string} text */
export function pyDateFromIso(text) {
  const at = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  if (Number.isNaN(at) || text.startsWith("0000") || new Date(at).toISOString().slice(0, 10) !== text) {
    throw new pyValueError(`not a day: ${text}`);
  }
  return new Day(text);
}

/** 4 January is always in week 1.
 *  @param {number} year @param {number} week @param {number} weekday */
export function pyDateFromIsoCalendar(year, week, weekday) {
  const fourth = pyDate(year, 1, 4);
  const found = dayAt(fourth.midnight + (1 - pyIsoWeekday(fourth) + 7 * (week - 1) + weekday - 1) * DAY);
  const [itsYear, itsWeek, itsDay] = pyIsoCalendar(found);
  if (itsYear !== year || itsWeek !== week || itsDay !== weekday) throw new pyValueError(`no week ${week} of ${year}`);
  return found;
}

/** @param {Day} day */
export const pyIsoWeekday = (day) => new Date(day.midnight).getUTCDay() || 7;
/** @param {Day} day */
export const pyWeekday = (day) => pyIsoWeekday(day) - 1;

/** Year, week and weekday: the year and week are those of its Thursday.
 *  @param {Day} day */
export function pyIsoCalendar(day) {
  const thursday = dayAt(day.midnight + (4 - pyIsoWeekday(day)) * DAY);
  const first = pyDate(thursday.year, 1, 1);
  return [thursday.year, Math.floor((thursday.midnight - first.midnight) / DAY / 7) + 1, pyIsoWeekday(day)];
}

/** @param {Py} x @param {string} [timespec] */
export function pyIsoFormat(x, timespec = undefined) {
  if (x instanceof Day && timespec === undefined) return x.iso;
  throw pyOutside("writing this so");
}

/** A point in time. */
export class PyMoment {
  /** @param {number} milliseconds */
  constructor(milliseconds) {
    this.milliseconds = milliseconds;
  }

  get pyHash() {
    return this.milliseconds;
  }

  /** @param {PyMoment} other */
  pyOrder(other) {
    return this.milliseconds - other.milliseconds;
  }

  /** @param {Duration} duration */
  pyAdd(duration) {
    return new PyMoment(this.milliseconds + duration.milliseconds);
  }

  /** @param {PyMoment | Duration} other */
  pySubtract(other) {
    if (other instanceof PyMoment) return new Duration(this.milliseconds - other.milliseconds);
    return new PyMoment(this.milliseconds - other.milliseconds);
  }
}

const INSTANT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{3})?(Z|\+00:00)$/;

/** @param {string} text */
export function pyMomentFromIso(text) {
  const at = INSTANT.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(at)) throw new pyValueError(`not a moment: ${text}`);
  return new PyMoment(at);
}

/** @param {string} text */
export function pyTimeFromIso(text) {
  if (/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(text)) return text;
  throw new pyValueError(`not a time: ${text}`);
}

const onWalls = new Map();

/** The school's wall clock at a moment: "2026-03-03 10:05". Asking the browser is slow, and the same are asked again.
 *  @param {PyMoment} moment */
function onTheWall({ milliseconds }) {
  const minute = Math.floor(milliseconds / 60_000);
  if (!onWalls.has(minute)) {
    if (onWalls.size > 5_000) onWalls.clear();
    onWalls.set(minute, LONDON.format(milliseconds));
  }
  return onWalls.get(minute);
}

/** @param {PyMoment} moment */
export const pyLocalDate = (moment) => new Day(onTheWall(moment).slice(0, 10));
/** @param {PyMoment} moment */
export const pyClockWords = (moment) => onTheWall(moment).slice(-5);
/** @param {PyMoment} moment */
export const pyInstant = (moment) => new Date(moment.milliseconds).toISOString();

/** When the wall clock shows a time on a day: in autumn the first of the two; in spring an hour later where there is none.
 *  @param {Day} day @param {string} [at] */
export function pyLocalMoment(day, at = "00:00") {
  const winter = new PyMoment(Date.parse(`${day.iso}T${at}:00Z`));
  const summer = new PyMoment(winter.milliseconds - 3_600_000);
  return onTheWall(summer) === `${day.iso} ${at}` ? summer : winter;
}
