/** Which unsaved work of earlier sessions is offered now; every window hears of a change. */
import type { Recovery } from "../../src/contract/recovery.ts";
import type { RecoveryFolder } from "./recoveryFolder.ts";

/** One for all windows. */
export class RecoveryOffers {
  readonly #folder: RecoveryFolder;
  readonly #tell: (recoveries: readonly Recovery[]) => void;
  #isPostponed = false;

  constructor(folder: RecoveryFolder, tell: (recoveries: readonly Recovery[]) => void) {
    this.#folder = folder;
    this.#tell = tell;
  }

  async list(): Promise<readonly Recovery[]> {
    return this.#isPostponed ? [] : this.#folder.list();
  }

  /** Something was restored, or a page stopped and left work behind. */
  async changed(): Promise<void> {
    this.#tell(await this.list());
  }

  async discard(id: string): Promise<void> {
    const offered = await this.#folder.list();
    if (offered.some((one) => one.id === id)) await this.#folder.remove(id);
    await this.changed();
  }

  /** Until the application is started the next time. */
  async postpone(): Promise<void> {
    this.#isPostponed = true;
    await this.changed();
  }

  /** A page stopped: its work is offered whatever was said before. */
  async offerAgain(): Promise<void> {
    this.#isPostponed = false;
    await this.changed();
  }
}
