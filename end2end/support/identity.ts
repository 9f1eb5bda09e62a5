import { createHmac } from "node:crypto";
import type { Settings } from "./server.ts";

const SECRET = "a secret of the host site, long enough";

/** A server that takes the word of `host.example`. */
export const knowsHost: Settings = {
  IDENTITY_SECRET: SECRET,
  IDENTITY_ISSUER: "https://host.example",
  IDENTITY_AUDIENCE: "chat",
};

/** The host site's word for one of its users. */
export function jwt(user: string, name: string): string {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const said = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: "https://host.example", aud: "chat", sub: user, name, exp })}`;
  return `${said}.${createHmac("sha256", SECRET).update(said).digest("base64url")}`;
}
