/** Why a file is not read, by its key among the errors of fields. */
export class Refusal extends Error {
  constructor(
    readonly key: string,
    readonly values: Record<string, string | number> = {},
  ) {
    super(key);
    this.name = "Refusal";
  }
}

export const damaged = (): Refusal => new Refusal("sheetDamaged");
