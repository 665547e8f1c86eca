"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { createContext, useContext, useState, type ReactNode } from "react";
import styles from "./toast.module.css";

export type ToastTone = "success" | "danger";
type Toast = { id: number; tone: ToastTone; text: string };
type ShowToast = (text: string, tone?: ToastTone) => void;

const ToastContext = createContext<ShowToast | null>(null);
const SHOWN_MS = 6000;
let lastId = 0;

/** One live region for the whole app. A failure stays until it is closed: nobody reads at the pace of a timer. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const t = useTranslations("common");
  const [toasts, setToasts] = useState<Toast[]>([]);

  function dismiss(id: number) {
    setToasts((shown) => shown.filter((toast) => toast.id !== id));
  }

  function show(text: string, tone: ToastTone = "success") {
    lastId += 1;
    const id = lastId;
    setToasts((shown) => [...shown.slice(-2), { id, tone, text }]);
    if (tone === "success") setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.region} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <div key={toast.id} className={styles.toast} data-tone={toast.tone}>
            {toast.tone === "success" ? (
              <CircleCheck size={18} aria-hidden />
            ) : (
              <CircleAlert size={18} aria-hidden />
            )}
            <span className={styles.text}>{toast.text}</span>
            <button
              type="button"
              className={styles.close}
              aria-label={t("close")}
              onClick={() => dismiss(toast.id)}
            >
              <X size={16} aria-hidden />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

export function useToast(): ShowToast {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast is called outside ToastProvider");
  return show;
}
