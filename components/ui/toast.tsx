"use client";

import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslations } from "next-intl";
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  type ReactNode,
} from "react";
import styles from "./toast.module.css";

export type ToastTone = "success" | "danger";
type Toast = { id: number; tone: ToastTone; text: string };
type ShowToast = (text: string, tone?: ToastTone) => void;

const ToastContext = createContext<ShowToast | null>(null);
const SHOWN_MS = 6000;
let lastId = 0;

/** One live region for the whole app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);

  function show(text: string, tone: ToastTone = "success") {
    lastId += 1;
    const id = lastId;
    setToasts((shown) => [...shown.slice(-2), { id, tone, text }]);
  }

  return (
    <ToastContext value={show}>
      {children}
      <div className={styles.region} role="status" aria-live="polite">
        {toasts.map((toast) => (
          <Shown
            key={toast.id}
            toast={toast}
            onClose={() => setToasts((shown) => shown.filter(({ id }) => id !== toast.id))}
          />
        ))}
      </div>
    </ToastContext>
  );
}

/** A failure stays until it is closed: nobody reads at the pace of a timer. */
function Shown({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const t = useTranslations("common");
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (toast.tone !== "success") return;
    const ending = setTimeout(() => close(), SHOWN_MS);
    return () => clearTimeout(ending);
  }, [toast.tone]);
  const Sign = toast.tone === "success" ? CircleCheck : CircleAlert;
  return (
    <div className={styles.toast} data-tone={toast.tone}>
      <Sign size={18} aria-hidden />
      <span className={styles.text}>{toast.text}</span>
      <button type="button" className={styles.close} aria-label={t("close")} onClick={onClose}>
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}

export function useToast(): ShowToast {
  const show = useContext(ToastContext);
  if (!show) throw new Error("useToast is called outside ToastProvider");
  return show;
}
