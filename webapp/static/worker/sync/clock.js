// The school's time. What this tablet's clock says is stored and sent as it is (the school corrects it); what
// people see is corrected by how far the clock was out when the school last answered.

/** How far this clock is ahead of the school's, in ms, given its readings before and after a call.
 *  @param {number} sent @param {number} received @param {string} schoolNow */
export const skewOf = (sent, received, schoolNow) => Math.round((sent + received) / 2 - Date.parse(schoolNow));

/** An instant of this clock (ms or ISO text) as the school's.
 *  @param {number | string | Date} moment @param {number} skew */
export const corrected = (moment, skew) => new Date(new Date(moment).getTime() - skew);
