// What an operation on the tuck shop does to the tables at once, so that no tablet sells what it has sold already.

import { changed } from "./space_effects.js";

export const TUCK_EFFECTS = {
  "tuck.redeem": ({ body, by, at }, id, tables) => {
    if (tables.redemptions.get(id)) return []; // it came back by itself already
    const { student, item, day } = body;
    const price = tables.items.get(item)?.price ?? 1;
    const [device] = id.split(".");
    const sale = { id, student, item, price, day, device, by, at, void: false };
    return [["redemptions", id, sale], ...inStock(tables, item, -1)];
  },
  "tuck.void": ({ body }, _id, tables) => {
    const sale = tables.redemptions.get(body.redemption);
    if (!sale || sale.void) return [];
    return [["redemptions", sale.id, { ...sale, void: true }], ...inStock(tables, sale.item, 1)];
  },
  "tuck.count": ({ body }, _id, tables) => changed(tables, "items", body.item, () => ({ stock: body.stock })),
  "till.release": ({ body }, _id, tables) =>
    changed(tables, "tills", body.group, ({ device, to }) => ({ device: to ?? device, to: null })),
};

const inStock = (tables, item, more) => changed(tables, "items", item, ({ stock }) => ({ stock: stock + more }));
