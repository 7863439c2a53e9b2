// A day's lessons: mine first, the one that is on now before all others. The twin of
// webapp/floor/screens/today.py.

import { chrome } from "../chrome.js";
import { dayUrl, expected, inOrder, lessonTitle, marksByLesson, roll, staffName, times, windowDays } from "../facts.js";
import { compare, dayWords, dayWordsLong, localDay } from "../words.js";

export const todayScreen = {
  template: "floor/today.html",
  context(tables, viewer, now, params) {
    const today = localDay(now);
    const held = windowDays(today);
    const day = params.date ?? today;
    if (!held.includes(day)) return null;
    const dates = new Set([...tables.lessons.values()].map((row) => row.date));
    const days = [...dates].filter((date) => held.includes(date)).sort(compare);
    const before = days.filter((other) => other < day).slice(-1);
    const after = days.filter((other) => other > day).slice(0, 1);
    const shown = days.includes(day) ? [day] : after;
    const cards = cardsOf(tables, viewer, now, shown);
    const mine = cards.filter((card) => card.mine);
    return {
      chrome: chrome(tables, viewer, now, dayWordsLong(day), {
        sub: day === today ? "Today" : "",
        tab: day === today ? "today" : "",
      }),
      notice: shown.includes(day) ? "" : noneWords(day === today, shown),
      mine: [...mine.filter((card) => card.flag), ...mine.filter((card) => !card.flag)],
      everyone: byPeriod(cards),
      before: before.map((other) => dayLink(other, now)),
      after: after.map((other) => dayLink(other, now)),
    };
  },
};

function noneWords(isToday, shown) {
  const none = isToday ? "No lessons today." : "No lessons on this day.";
  if (!shown.length) return `${none} There are none in the two weeks after either.`;
  return `${none} Next: ${dayWords(shown[0])}`;
}

/** The day's lessons in order, with how many students are marked. */
function cardsOf(tables, viewer, now, days) {
  const lessons = inOrder([...tables.lessons.values()].filter((row) => days.includes(row.date)));
  const marked = marksByLesson(tables, lessons);
  const flagged = flag(lessons, viewer, now);
  return lessons.map((lesson) => {
    const done = marked.get(lesson.id);
    const due = expected(roll(tables, lesson, done), lesson, done).length;
    return {
      url: `/lesson/${lesson.id}`,
      title: lessonTitle(tables, lesson),
      period: lesson.period,
      times: times(lesson),
      staff: staffName(tables, lesson.staff),
      marked: `${done.size} of ${due} marked`,
      done: done.size === due,
      mine: lesson.staff === viewer.staff,
      flag: flagged.get(lesson.id) ?? "",
    };
  });
}

/** My lesson that is on now; between lessons, today's next. */
function flag(lessons, viewer, now) {
  const moment = now.toISOString();
  const mine = lessons.filter((row) => row.staff === viewer.staff && row.date === localDay(now));
  const current = mine.filter((row) => row.starts <= moment && moment < row.ends);
  const coming = mine.filter((row) => moment < row.starts);
  if (current.length) return new Map(current.map((row) => [row.id, "Now"]));
  return new Map(coming.slice(0, 1).map((row) => [row.id, "Next"]));
}

/** All lessons under the periods in which they begin. */
function byPeriod(cards) {
  const periods = [];
  for (const card of cards) {
    const { period, times } = card;
    const last = periods.at(-1);
    if (last?.period === period && last.times === times) last.lessons.push(card);
    else periods.push({ period, times, lessons: [card] });
  }
  return periods;
}

const dayLink = (day, now) => ({ url: dayUrl(day, now), words: dayWords(day) });
