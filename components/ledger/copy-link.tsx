"use client";

import { Link2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { copyText } from "@/lib/browser/copy-text";

export function CopyLink({ words }: { words: { copy: string; copied: string; failed: string } }) {
  const show = useToast();
  return (
    <Button
      variant="quiet"
      size="small"
      icon={<Link2 size={16} aria-hidden />}
      onClick={async () => {
        const done = await copyText(window.location.href);
        show(done ? words.copied : words.failed, done ? "success" : "danger");
      }}
    >
      {words.copy}
    </Button>
  );
}
