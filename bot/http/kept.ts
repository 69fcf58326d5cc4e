/** One value for each key, made when it is first asked for; the one not asked for longest goes when there are too many. */
export function createKept<Value>(make: (key: string) => Value, atMost: number): (key: string) => Value {
  const values = new Map<string, Value>();
  return (key) => {
    const value = values.get(key) ?? make(key);
    values.delete(key);
    values.set(key, value);
    const [oldest] = values.keys();
    if (values.size > atMost && oldest !== undefined) values.delete(oldest);
    // What could not be made is made anew the next time.
    if (value instanceof Promise) value.catch(() => values.delete(key));
    return value;
  };
}
