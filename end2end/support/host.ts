import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Another site, on a port of its own, with one page. */
export class Host {
  /** What its page shows. */
  body = "";

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Host> {
    const server = createServer((_, answer) => {
      answer.setHeader("content-type", "text/html; charset=utf-8");
      answer.end(`<!DOCTYPE html><html lang="en"><title>A shop</title><link rel="icon" href="data:,"><body>${host.body}`);
    });
    const host = new Host(server);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
