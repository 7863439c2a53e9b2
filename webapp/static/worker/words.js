// How staff say days, lessons and ages: the twin of webapp/domain/words.py. Days are "2026-03-03", weeks
// "2026-W10", moments Dates.

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  ...["January", "February", "March", "April", "May", "June"],
  ...["July", "August", "September", "October", "November", "December"],
];
const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];

// Swedish writes moments as ISO 8601 does: "2026-03-03 10:05". Making a formatter is slow, so it is made once.
const LONDON = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/London",
  ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
});

export const dayWords = (day) => `${weekday(day).slice(0, 3)} ${dayAndMonth(day)}`;

export const dayWordsLong = (day) => `${weekday(day)} ${dayAndMonth(day)}`;

export const clockWords = (moment) => LONDON.format(moment).slice(-5);

export const lessonWords = (day, period) => `${dayWords(day)}, period ${period}`;

export const weekWords = (week) => `week of ${dayAndMonth(mondayOf(week))}`;

export function ageWords(seconds) {
  if (seconds < MINUTE) return "just now";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`;
  return countWords(Math.floor(seconds / DAY), "day", "days");
}

export const countWords = (count, singular, plural) => `${count} ${count === 1 ? singular : plural}`;

/** The school's local date at a moment. */
export const localDay = (moment) => LONDON.format(moment).slice(0, 10);

export function addDays(day, count) {
  const date = midnight(day);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}

/** The ISO week of a day: the year and number of the week are those of its Thursday. */
export function weekOf(day) {
  const thursday = addDays(day, 4 - isoWeekday(day));
  const year = thursday.slice(0, 4);
  const days = (midnight(thursday) - midnight(`${year}-01-01`)) / (DAY * 1000);
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

/** The first day of a week; 4 January is always in week 1. */
export function mondayOf(week) {
  const fourth = `${week.slice(0, 4)}-01-04`;
  return addDays(fourth, 1 - isoWeekday(fourth) + 7 * (Number(week.slice(6)) - 1));
}

/** Negative, zero or positive, by code point as Python compares strings; `<` would go by UTF-16 unit. */
export function compare(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return (a.codePointAt(i) ?? -1) - (b.codePointAt(i) ?? -1);
}

const midnight = (day) => new Date(`${day}T00:00:00Z`);

const weekday = (day) => WEEKDAYS[midnight(day).getUTCDay()];

export const isoWeekday = (day) => midnight(day).getUTCDay() || 7;

const dayAndMonth = (day) => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`;
