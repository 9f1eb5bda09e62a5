import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env["INSTANT_CHAT_BIN"] ?? join(repository, "target/debug/instant-chat");
const READY = /^Instant Chat is ready: https?:\/\/\S+:(\d+)/;

/** All tests are one address, and faster than the people that the limits are made for. */
const UNLIMITED = Object.fromEntries(
  ["REQUEST", "CREATE", "JOIN", "CONNECT", "MISS", "ROOM", "SOCKET"].map((deed) => [`${deed}_LIMIT`, "100000/1s"]),
);

/** Settings of the server, as environment variables. */
export type Settings = Readonly<Record<string, string>>;

/** A real server, with a data folder of its own. */
export class Server {
  private process: ChildProcessByStdio<null, Readable, Readable> | undefined;
  private log = "";
  /** Chosen by the system at the first start, kept at the next ones: browsers come back to the same address. */
  private port = "0";

  private constructor(
    private readonly settings: Settings,
    /** Where it keeps what it keeps. */
    readonly dataDir: string,
  ) {}

  static async start(settings: Settings = {}): Promise<Server> {
    const server = new Server(settings, await mkdtemp(join(tmpdir(), "instant-chat-")));
    await server.start();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts, with what the data folder holds. */
  async start(): Promise<void> {
    const { PATH = "", SITE_ROOT = join(repository, "target/site") } = process.env;
    const child = spawn(program, {
      cwd: this.dataDir,
      env: { PATH, SITE_ROOT, DATA_DIR: this.dataDir, LOG: "warn", ...UNLIMITED, ...this.settings, PORT: this.port },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.process = child;
    child.stderr.on("data", (chunk: Buffer) => (this.log += chunk.toString()));
    child.on("error", (error) => (this.log += String(error)));
    for await (const line of createInterface(child.stdout)) {
      this.log += `${line}\n`;
      const port = READY.exec(line)?.[1];
      if (!port) continue;
      this.port = port;
      child.stdout.resume();
      return;
    }
    throw new Error(`The server did not start:\n${this.log}`);
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Ends it in good order and forgets its data. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  }
}
