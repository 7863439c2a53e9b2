// IndexedDB, as promises.

export function openDatabase() {
  const request = indexedDB.open("reachable", 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("rows");
    request.result.createObjectStore("meta");
    request.result.createObjectStore("operations", { keyPath: "n" });
  };
  return result(request);
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function result(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Calls `work` with the named stores; resolves when all of it is stored, rejects when none of it is.
 *  @param {IDBDatabase} database @param {string[]} stores @param {IDBTransactionDurability} durability
 *  @param {(...stores: IDBObjectStore[]) => void} work @returns {Promise<Event>} */
export function write(database, stores, durability, work) {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, "readwrite", { durability });
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
    work(...stores.map((store) => transaction.objectStore(store)));
  });
}
