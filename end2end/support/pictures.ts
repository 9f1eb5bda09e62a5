import { expect, type Locator, type Page } from "@playwright/test";
import { crc32, deflateSync } from "node:zlib";
import type { Guest, Room } from "./api.ts";
import { log } from "./chat.ts";

/** A file, as a person chooses one. */
export interface Picture {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

type Colour = readonly [red: number, green: number, blue: number, alpha?: number];

/** What nobody is to know: where a photograph was taken. */
export const PLACE = "48.8584N-2.2945E";

/** A drawing, as PNG, coloured by what `paint` says of each pixel. */
export function drawing(width: number, height: number, paint: (x: number, y: number) => Colour = lake(width, height)): Picture {
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [red, green, blue, alpha = 255] = paint(x, y);
      rows.set([red, green, blue, alpha], y * (width * 4 + 1) + 1 + x * 4);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6], 8);
  const chunks = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  const buffer = Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), ...chunks]);
  return { name: "drawing.png", mimeType: "image/png", buffer };
}

function chunk(kind: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A sky, hills and water. */
function lake(width: number, height: number): (x: number, y: number) => Colour {
  return (x, y) => {
    const [across, down] = [x / width, y / height];
    const hill = 0.5 + 0.1 * Math.sin(across * 9) + 0.05 * Math.sin(across * 23);
    if (down < hill - 0.08) return [150 - 60 * down, 190 - 40 * down, 230];
    if (down < 0.62) return [60 + 60 * across, 110 - 40 * down, 70];
    return [50, 110 + 60 * (1 - down), 150 - 40 * across];
  };
}

/**
 * A photograph that lies on its side, with EXIF that says so and where it was taken: red on the left and blue on the
 * right of what is stored, so red on top once it stands upright, `height` wide and `width` high.
 */
export async function sidewaysPhotograph(page: Page, width = 640, height = 320): Promise<Picture> {
  const encoded = await page.evaluate(
    ([width, height]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width, height });
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.fillStyle = "#f00";
      context.fillRect(0, 0, width, height);
      context.fillStyle = "#00f";
      context.fillRect(width / 2, 0, width / 2, height);
      return canvas.toDataURL("image/jpeg", 0.95).split(",")[1] ?? "";
    },
    [width, height] as const,
  );
  const jpeg = Buffer.from(encoded, "base64");
  const tags = Buffer.from("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0" + PLACE, "latin1");
  const length = Buffer.alloc(2);
  length.writeUInt16BE(tags.length + 2);
  const buffer = Buffer.concat([jpeg.subarray(0, 2), Buffer.from([0xff, 0xe1]), length, tags, jpeg.subarray(2)]);
  return { name: "photograph.jpg", mimeType: "image/jpeg", buffer };
}

/** Two pixels that blink. */
export function animation(): Picture {
  const frame = (pixels: number) => [0x21, 0xf9, 4, 0, 10, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 1, 0, 0, 2, 2, pixels, 0x0a, 0];
  const head = [...Buffer.from("GIF89a"), 2, 0, 1, 0, 0x80, 0, 0, 255, 0, 0, 0, 0, 255];
  const buffer = Buffer.from([...head, ...frame(0x04), ...frame(0x4c), 0x3b]);
  return { name: "blinking.gif", mimeType: "image/gif", buffer };
}

/** The pictures of the conversation. */
export const pictures = (page: Page): Locator => log(page).locator(".picture img");

export const tray = (page: Page): Locator => page.getByRole("list", { name: "Pictures to send" });

/** Puts files into the tray, and waits until those that can be sent are there. */
export async function choose(page: Page, files: Picture[], taken = files.length): Promise<void> {
  const before = await tray(page).getByRole("textbox").count();
  await page.getByLabel("Pictures", { exact: true }).setInputFiles(files);
  await expect(tray(page).getByRole("textbox")).toHaveCount(before + taken);
}

/** All pictures that are in sight have come. */
export async function allLoaded(page: Page): Promise<void> {
  await expect
    .poll(() => pictures(page).evaluateAll((all) => all.every((image) => (image as HTMLImageElement).naturalWidth > 0)))
    .toBe(true);
}

/** Somebody without a browser shares a picture. */
export async function share(room: Room, guest: Guest, { buffer }: Picture, alt?: string): Promise<void> {
  const headers = { authorization: `Bearer ${guest.token}` };
  const answer = await fetch(`${room.api}/media`, { method: "POST", headers, body: new Uint8Array(buffer) });
  expect(answer.status).toBe(201);
  const { mediaId, width, height } = await answer.json();
  const body = { v: 1, kind: "image", mediaId, width, height, ...(alt && { alt }) };
  const said = await fetch(`${room.api}/messages`, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ clientId: `p${mediaId}`, body }),
  });
  expect(said.status).toBe(201);
}

/** The colour in the middle of a part of a picture: `across` and `down` of 1. */
export async function colour(picture: Locator, across: number, down: number): Promise<number[]> {
  return picture.evaluate(
    async (image: HTMLImageElement, [across, down]) => {
      const { naturalWidth: width, naturalHeight: height } = image;
      const context = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      context?.drawImage(image, 0, 0);
      return [...(context?.getImageData(width * across, height * down, 1, 1).data ?? [])];
    },
    [across, down] as const,
  );
}
