"use client";

import "./globals.css";

type GlobalErrorProps = { error: Error & { digest?: string }; reset: () => void };

/** Stands where even the layout failed: no messages can be loaded here, so it speaks both languages. */
export default function GlobalError({ error, reset }: GlobalErrorProps) {
  return (
    <html lang="zh-CN">
      <body>
        <main className="stack" style={{ maxWidth: 560, margin: "0 auto", padding: "20vh 20px" }}>
          <title>暖账</title>
          <h1 style={{ fontSize: "var(--text-20)" }}>系统暂时打不开</h1>
          <p>已经记录的内容不受影响。请先再试一次；如仍不行，请与省级管理员联系。</p>
          <p className="quiet" lang="en">
            Nuanzhang cannot be opened just now. What has been recorded is safe. Try once more; if
            it fails again, tell the provincial administrator.
          </p>
          {error.digest !== undefined && <p className="quiet">{error.digest}</p>}
          <p>
            <button type="button" onClick={reset}>
              再试一次 Try again
            </button>
          </p>
        </main>
      </body>
    </html>
  );
}
