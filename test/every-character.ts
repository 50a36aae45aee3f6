/** JSON strings that hold every code point but the surrogates, in order. */
export function* everyCharacter(): Iterable<string> {
  const chunk = 10_000;
  for (let start = 0; start < 0x110000; start += chunk) {
    const end = Math.min(start + chunk, 0x110000);
    let characters = '';
    for (let point = start; point < end; point += 1)
      if (point < 0xd800 || point > 0xdfff) characters += String.fromCodePoint(point);
    yield JSON.stringify(characters);
  }
}
