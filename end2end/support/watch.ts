import type { Browser, BrowserContext } from "@playwright/test";

/**
 * Collects what went wrong in any page that a test opens: errors in the console, exceptions, requests that failed,
 * breaches of the content security policy. A test that means to cause one says so before, with `allow`.
 */
export class Watch {
  readonly troubles: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(private readonly browser: Browser) {
    browser.contexts().forEach(this.follow);
    browser.on("context", this.follow);
  }

  /** This is part of the test. */
  allow(...patterns: RegExp[]): void {
    this.allowed.push(...patterns);
  }

  /** What was neither meant nor allowed. */
  close(): string[] {
    this.browser.off("context", this.follow);
    return this.troubles.filter((trouble) => !this.allowed.some((pattern) => pattern.test(trouble)));
  }

  private readonly follow = (context: BrowserContext): void => {
    context.on("console", (message) => {
      if (message.type() === "error") this.troubles.push(`console: ${message.text()} (${message.location().url})`);
    });
    context.on("weberror", (error) => this.troubles.push(`exception: ${error.error()}`));
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // What a page was still fetching when it was left.
      if (reason !== "net::ERR_ABORTED") this.troubles.push(`request: ${reason} ${request.url()}`);
    });
  };
}

/** Makes a breach of the policy an error in the console, also where the browser says nothing of it. */
export async function reportBreaches(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (breach) => {
      console.error(`CSP: ${breach.violatedDirective} forbids ${breach.blockedURI} ${breach.sample}`);
    });
  });
}
