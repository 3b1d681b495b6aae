/* The line between a phone and its office: cut after so many bytes, slow, late, deaf in one direction. */
import { connect, createServer, type Server, type Socket } from 'node:net';

/** Bytes in one piece of the line. */
const packet = 1400;

export type Weather = {
  /** The line breaks when so many bytes of one connection have passed up, or down. */
  readonly upTo?: number;
  readonly downTo?: number;
  readonly bytesPerSecond?: number;
  /** Milliseconds that every piece takes longer. */
  readonly late?: number;
  /** What share of pieces breaks the connection, from 0 to 1, drawn by `chance`. */
  readonly loss?: number;
  readonly chance?: () => number;
  /** The office hears, and the phone does not. */
  readonly deaf?: boolean;
};

export class ThinLine {
  #server: Server | null = null;
  readonly #sockets = new Set<Socket>();
  #weather: Weather = {};
  url = '';
  /** Bytes that passed since they were last set to nothing. */
  up = 0;
  down = 0;

  /** The weather changes, and with it every connection: what is kept alive would go on in the old one. */
  set weather(weather: Weather) {
    this.#weather = weather;
    for (const socket of this.#sockets) socket.destroy();
  }

  static async lay(to: string): Promise<ThinLine> {
    const line = new ThinLine();
    const port = Number(new URL(to).port);
    const server = createServer((socket) => line.#join(socket, port));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    line.#server = server;
    const address = server.address();
    line.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    return line;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server?.close(done));
  }

  #join(phone: Socket, port: number): void {
    const office = connect(port, '127.0.0.1');
    const weather = this.#weather;
    const passed = { up: 0, down: 0 };
    const cut = () => {
      phone.destroy();
      office.destroy();
    };
    for (const socket of [phone, office]) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        cut();
      });
    }
    const carry = (from: Socket, to: Socket, way: 'up' | 'down') => {
      const most = (way === 'up' ? weather.upTo : weather.downTo) ?? Number.POSITIVE_INFINITY;
      const pass = async (piece: Buffer) => {
        if (from.destroyed) return;
        const wait =
          (weather.late ?? 0) + (weather.bytesPerSecond ? (piece.length / weather.bytesPerSecond) * 1000 : 0);
        if (wait > 0) await new Promise((done) => setTimeout(done, wait));
        const room = most - passed[way];
        passed[way] += piece.length;
        this[way] += piece.length;
        if (way === 'up' || !weather.deaf) to.write(piece.subarray(0, Math.max(0, room)));
        if (piece.length > room || (weather.loss !== undefined && (weather.chance ?? Math.random)() < weather.loss))
          cut();
      };
      let turn = Promise.resolve();
      from.on('data', (chunk: Buffer) => {
        from.pause();
        for (let at = 0; at < chunk.length; at += packet) {
          const piece = chunk.subarray(at, at + packet);
          turn = turn.then(() => pass(piece));
        }
        turn = turn.then(() => {
          from.resume();
        });
      });
      from.on('end', () => void turn.then(() => to.end()));
    };
    carry(phone, office, 'up');
    carry(office, phone, 'down');
  }
}
