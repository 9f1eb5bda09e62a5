import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server as a browser finds it that keeps no cookies: none of them passes, either way. */
export class Cookieless {
  private constructor(private readonly server: Server) {}

  static async before(origin: string): Promise<Cookieless> {
    const { hostname, port } = new URL(origin);
    const pass = ({ method, url, headers: { cookie: _, ...headers } }: IncomingMessage) =>
      request({ hostname, port, method, path: url, headers });
    const server = createServer((asked, answer) => {
      const passed = pass(asked);
      passed.on("response", (response) => {
        const { "set-cookie": _, ...headers } = response.headers;
        answer.writeHead(response.statusCode ?? 502, headers);
        response.pipe(answer);
      });
      passed.on("error", () => answer.destroy());
      asked.pipe(passed);
    });
    server.on("upgrade", (asked, socket, head) => {
      const passed = pass(asked);
      passed.on("upgrade", ({ headers }, other) => {
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
        socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
        other.write(head);
        other.pipe(socket).pipe(other);
        for (const end of [socket, other]) end.on("error", () => (socket.destroy(), other.destroy()));
      });
      passed.on("error", () => socket.destroy());
      passed.end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Cookieless(server);
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }
}
