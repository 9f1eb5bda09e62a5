import { enter, invite, makeRoom } from "../support/api.ts";
import { allSent, messages, say } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

test("light marks are shown as what they mean", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
  await jonas.say("*bold* _italic_ `code *x*` https://example.org/a_b_c");
  const first = messages(page).first();
  await expect(first.locator("strong")).toHaveText("bold");
  await expect(first.locator("em")).toHaveText("italic");
  await expect(first.locator("code")).toHaveText("code *x*");
  await expect(first.getByRole("link")).toHaveAttribute("href", "https://example.org/a_b_c");
  await expect(first.getByRole("link")).toHaveAttribute("rel", /noopener/);

  await jonas.say("Bring:\n- tent\n  - pegs\n7. stove\n> you said\nyes\n```\n  let a = 1;\n```");
  const second = messages(page).nth(1);
  await expect(second.locator("ol > li")).toHaveText([/^tentpegs$/, "pegs", "stove"]);
  await expect(second.locator("ol > li").last()).toHaveAttribute("value", "7");
  await expect(second.getByRole("blockquote")).toHaveText("you said");
  expect(await second.locator("pre").innerText()).toBe("  let a = 1;");

  await say(page, "🎉");
  await allSent(page);
  const sizes = await messages(page).evaluateAll((all) => all.map((bubble) => parseFloat(getComputedStyle(bubble).fontSize)));
  expect(sizes[2]).toBeGreaterThan(2 * (sizes[0] ?? 0));
});

test("whatever is written, nothing of it is markup", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
  const hostile = [
    "*<img src=x onerror=alert(1)>*",
    "`<script>alert(1)</script>`",
    "> <b>quoted</b>",
    "- <svg onload=alert(1)>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "[a](javascript:alert(1)) _javascript:alert(1)_ &lt;b&gt;",
  ];
  for (const text of hostile) await jonas.say(text);
  await expect(messages(page)).toHaveCount(hostile.length);
  await expect(messages(page).locator("img, script, svg, b, a")).toHaveCount(0);
  await expect(messages(page)).toHaveText([
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<b>quoted</b>",
    "<svg onload=alert(1)>",
    "</code></pre><script>alert(1)</script>",
    "[a](javascript:alert(1)) javascript:alert(1) &lt;b&gt;",
  ]);
});
