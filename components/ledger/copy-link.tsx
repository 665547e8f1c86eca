"use client";

import { Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";

/** The clipboard API exists on https and localhost only; a county reaches the server by its LAN address. */
async function copy(text: string): Promise<boolean> {
  if (window.isSecureContext) return navigator.clipboard.writeText(text).then(...settled);
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

const settled = [() => true, () => false] as const;

export function CopyLink({ words }: { words: { copy: string; copied: string; failed: string } }) {
  const show = useToast();
  return (
    <Button
      variant="quiet"
      size="small"
      icon={<Link2 size={16} aria-hidden />}
      onClick={async () => {
        const done = await copy(window.location.href);
        show(done ? words.copied : words.failed, done ? "success" : "danger");
      }}
    >
      {words.copy}
    </Button>
  );
}
