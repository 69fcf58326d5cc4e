const AT_MOST = 10_000;

/** One value for each key, made when it is first asked for; the one not asked for longest goes when there are too many. */
export function createRemembered<Value>(make: () => Value, atMost = AT_MOST): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const value = values.get(key) ?? make();
    values.delete(key);
    values.set(key, value);
    const [oldest] = values.keys();
    if (values.size > atMost && oldest !== undefined) values.delete(oldest);
    return value;
  };
}
