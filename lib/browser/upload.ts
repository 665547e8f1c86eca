import type { z } from "zod";
import type { AddressOf, Contract } from "@/lib/kernel/contract";
import { apiPath, offline, personHeader, refusalOf } from "./api-client";
import { formBody } from "./form-body";

export type Progress = (sent: number, all: number) => void;

type Upload = {
  params: object;
  body: FormData;
  idempotencyKey: string;
  progress: Progress;
};

/** What callApi does, for a form with a large file: only this way of sending says how far it is. */
export function upload<C extends Contract = never>(
  address: AddressOf<C>,
  { params, body, idempotencyKey, progress }: Upload,
): Promise<z.output<NonNullable<C["response"]>>> {
  const [method = "", path = ""] = address.split(" ");
  const form = formBody(body, idempotencyKey);
  const headers = {
    Accept: "application/json",
    "Content-Type": form.type,
    "Idempotency-Key": idempotencyKey,
    ...personHeader(),
  };
  return new Promise((answer, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, apiPath(path, params));
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
    request.onerror = () => fail(offline());
    request.onload = () => {
      const { status, responseText } = request;
      const after = request.getResponseHeader("retry-after");
      const response = new Response(responseText, {
        status,
        headers: after === null ? {} : { "retry-after": after },
      });
      if (!response.ok) return void refusalOf(response).then(fail);
      response.json().then(answer, () => fail(offline()));
    };
    request.send(form);
  });
}
