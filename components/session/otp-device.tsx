"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import styles from "./otp-device.module.css";

type Modules = { size: number; path: string };

/** Drawn here: what it says is a secret, and goes to nobody who draws pictures for others. */
async function draw(address: string): Promise<Modules> {
  const { encode } = await import("uqr");
  const { size, data } = encode(address, { border: 2 });
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return { size, path };
}

/** What an authenticator is to know: as a picture to scan, and in letters to type. */
export function OtpDevice({ address, secret }: { address: string; secret: string }) {
  const t = useTranslations("account.factor");
  const [code, setCode] = useState<Modules | null>(null);
  useEffect(() => {
    let wanted = true;
    void draw(address).then((drawn) => wanted && setCode(drawn));
    return () => {
      wanted = false;
    };
  }, [address]);
  return (
    <div className={styles.device}>
      <p>{t("scan")}</p>
      <div className={styles.picture}>
        {code && (
          <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={t("picture")}>
            <rect width={code.size} height={code.size} fill="#fff" />
            <path d={code.path} fill="#000" />
          </svg>
        )}
      </div>
      <p className="quiet">{t("type")}</p>
      <p className={styles.secret}>{secret.match(/.{1,4}/g)?.join(" ")}</p>
    </div>
  );
}
