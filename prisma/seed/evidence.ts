import type pg from "pg";
import sharp from "sharp";
import { addAttachment, receiveAttachment } from "@/lib/features/attachments/commands";
import type { AttachmentKind } from "@/lib/features/attachments/labels";
import { writeAs } from "@/lib/platform/db";
import { meetKeys } from "@/lib/platform/key-check";
import { pdfFile } from "@/lib/platform/pdf";
import { openSession, endSessions } from "./session";

/** D, E, M and O in five rows of four: no face is asked for. */
const LETTERS = ["1110 1001 1001 1001 1110", "1111 1000 1110 1000 1111", "1001 1111 1111 1001 1001", "0110 1001 1001 1001 0110"]; // prettier-ignore

/** A hall, tables and parcels, that nobody ever saw: another for each number, and marked across. */
function drawnPhoto(n: number): Promise<Buffer> {
  const parcels = Array.from({ length: 12 }, (_, at) => {
    const [x, y] = [60 + ((at * 83 + n * 131) % 860), 420 + ((at * 47 + n * 29) % 220)];
    return `<rect x="${x}" y="${y}" width="${70 + ((at * n * 7) % 50)}" height="${60 + ((at * n * 5) % 40)}" fill="hsl(${(at * 31 + n * 67) % 360} 45% ${35 + ((at * 9) % 35)}%)"/>`;
  });
  const mark = LETTERS.flatMap((rows, letter) =>
    rows
      .split(" ")
      .flatMap((row, y) =>
        [...row].map((one, x) =>
          one === "1"
            ? `<rect x="${330 + letter * 90 + x * 18}" y="${40 + y * 18}" width="18" height="18" fill="#b91c1c"/>`
            : "",
        ),
      ),
  );
  const svg = `<svg width="1024" height="768"><rect width="1024" height="768" fill="hsl(${(n * 53) % 360} 25% 82%)"/><rect y="560" width="1024" height="208" fill="hsl(${(n * 29) % 360} 20% 55%)"/>${parcels.join("")}${mark.join("")}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

const sheet = (reference: string) =>
  pdfFile({
    title: "签领表（演示）",
    created: new Date("2026-11-20T00:00:00Z"),
    foot: "演示数据，不是真实凭证",
    page: (at, of) => `${at}/${of}`,
    sections: [
      {
        title: "签领表（演示）",
        left: reference,
        right: "演示数据，不是真实凭证",
        parts: [{ kind: "signatures", labels: ["经办人", "审核人", "领取人"] }],
      },
    ],
  });

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** As a browser sends it, so that demo files pass every look that a real one does. */
async function sent(kind: AttachmentKind, file: Uint8Array) {
  const form = new FormData();
  form.set("kind", kind);
  form.set("file", new File([new Uint8Array(file)], "file"));
  const body = new Response(form);
  const contentType = body.headers.get("content-type") ?? "";
  return { contentType, bytes: once(new Uint8Array(await body.arrayBuffer())) };
}

type Chosen = { id: string; reference: string; user: string };

/** Invented evidence, marked as such, beside the newest demo records of three counties. Answers how many files. */
export async function seedEvidence(owner: pg.Client): Promise<number> {
  await meetKeys();
  const { rows } = await owner.query<Chosen>(
    `SELECT d.id::text AS id, guard.reference_of(d.id) AS reference, u.id::text AS "user"
     FROM users u JOIN memberships m ON m.user_id = u.id AND m.role = 'CLERK' AND m.revoked_at IS NULL
     CROSS JOIN LATERAL (SELECT d.id FROM disbursements d WHERE d.organisation_id = m.organisation_id
       AND d.origin = 'DEMO' AND d.entry_kind = 'ORIGINAL' AND d.status IN ('APPROVED', 'SUBMITTED')
       ORDER BY d.ledger_on DESC, d.id DESC LIMIT 3) AS d
     WHERE u.username IN ('clerk.huangyuan', 'clerk.qilian', 'clerk.chengxi') ORDER BY d.id`,
  );
  let count = 0;
  for (const [n, { id, reference, user }] of rows.entries()) {
    const session = await openSession(owner, user);
    const files = [["sign-off-sheet", await sheet(reference)], ["photo", await drawnPhoto(n + 1)]] as const; // prettier-ignore
    for (const [kind, file] of files) {
      const now = new Date();
      const params = { id };
      const { upload } = await receiveAttachment({ session, params, now, body: await sent(kind, file) }); // prettier-ignore
      await writeAs(session, (context) => addAttachment({ ...context, now, params, upload }));
      count += 1;
    }
    await endSessions(owner, [user]);
  }
  return count;
}
