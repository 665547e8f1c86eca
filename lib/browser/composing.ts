/**
 * Does this key belong to an input method? The key that ends a composition may come after its end, and
 * the first one before its beginning: then only the code 229 tells.
 */
export function isComposing(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === 229;
}
