"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { otpAddress } from "@/lib/kernel/otp-address";
import { CodeField } from "./code-field";
import { OtpDevice } from "./otp-device";
import type { SignInFailure } from "./sign-in";

type Props = {
  asked: Extract<SignInFailure, { code: "code" | "enrol" }>;
  username: string;
  missing: string | undefined;
};

/** After the password: a code of the device; where one is required and there is none, the device first. */
export function CodeStep({ asked, username, missing }: Props) {
  const t = useTranslations("signIn.factor");
  const enrols = asked.code === "enrol";
  return (
    <>
      <Callout tone="info" live>
        {t(enrols ? "enrol" : "lead")}
      </Callout>
      {enrols && <OtpDevice secret={asked.secret} address={otpAddress(username, asked.secret)} />}
      <CodeField
        label={t("code")}
        {...(enrols ? {} : { hint: t("recovery") })}
        error={missing ?? (asked.wrong ? t("wrong") : undefined)}
        focused
      />
    </>
  );
}
