import { describe, expectTypeOf, it } from "vitest";
import type {
  adjustDisbursementContract,
  getDisbursementContract,
} from "@/lib/features/disbursements/schema";
import type { AddressOf } from "@/lib/kernel/contract";
import { callApi } from "./api-client";

describe("an address in the browser", () => {
  it("compiles only as its contract writes it", () => {
    type Adjust = AddressOf<typeof adjustDisbursementContract>;
    expectTypeOf<Adjust>().toEqualTypeOf<"POST /disbursements/{id}/adjust">();
    expectTypeOf(callApi<typeof getDisbursementContract>)
      .parameter(0)
      .toEqualTypeOf<"GET /disbursements/{id}">();
  });

  it("brings the parameters and the answer of its contract", () => {
    const call = callApi<typeof getDisbursementContract>;
    expectTypeOf(call).parameter(1).toHaveProperty("params").toEqualTypeOf<{ id: string }>();
    expectTypeOf<Awaited<ReturnType<typeof call>>["version"]>().toEqualTypeOf<number>();
  });
});
