/** What Python put into the page: gzip, written in base64 (RFC 1952, RFC 4648). */

/** The bytes of a slot's text. */
export async function unpackedBytes(slot: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = Uint8Array.from(atob(slot), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The text of a slot's text. */
export async function unpacked(slot: string): Promise<string> {
  return new TextDecoder().decode(await unpackedBytes(slot));
}
