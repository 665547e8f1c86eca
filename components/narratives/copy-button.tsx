"use client";

import { Copy } from "lucide-react";
import { Button } from "@/components/ui/button";
import { useToast } from "@/components/ui/toast";
import { copyText } from "@/lib/browser/copy-text";

type CopyButtonProps = { text: string; words: { copy: string; copied: string; failed: string } };

export function CopyButton({ text, words }: CopyButtonProps) {
  const show = useToast();
  return (
    <Button
      icon={<Copy size={16} aria-hidden />}
      onClick={async () => {
        const done = await copyText(text);
        show(done ? words.copied : words.failed, done ? "success" : "danger");
      }}
    >
      {words.copy}
    </Button>
  );
}
