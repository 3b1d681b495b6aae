declare module 'espeak-ng' {
  /** Runs the speaker once, as its command line would; its files stay readable. */
  // biome-ignore lint/style/noDefaultExport: this is how the package exports it.
  export default function makeEspeak(options: {
    readonly arguments: readonly string[];
    readonly instantiateWasm?: (imports: object, done: (instance: object) => void) => object;
  }): Promise<{ readonly FS: { readonly readFile: (path: string) => Uint8Array } }>;
}
