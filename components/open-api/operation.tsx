import { useTranslations } from "next-intl";
import { APP_ERROR_STATUS } from "@/lib/kernel/app-error";
import type { Contract } from "@/lib/kernel/contract";
import { errorsOf, jsonSchemaOf, parametersOf } from "@/lib/features/open-api/present";
import { exampleBody, typeWords } from "@/lib/features/open-api/rules";
import styles from "./api-help.module.css";

const codesOf = (status: number) =>
  Object.entries(APP_ERROR_STATUS)
    .filter(([, value]) => value === status)
    .map(([code]) => code);

function Parameters({ contract }: { contract: Contract }) {
  const t = useTranslations("apiHelp");
  const parameters = parametersOf(contract);
  if (parameters.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <h4>{t("params")}</h4>
      <table className={styles.params}>
        <tbody>
          {parameters.map((parameter) => (
            <tr key={`${parameter.in} ${parameter.name}`}>
              <th scope="row">
                <code>{parameter.name}</code>
              </th>
              <td>{t(`where.${parameter.in}`)}</td>
              <td>
                <code>{typeWords(parameter.schema)}</code>
              </td>
              <td>{parameter.required ? t("required") : ""}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Operation({ contract }: { contract: Contract }) {
  const t = useTranslations("apiHelp");
  const example = contract.body && exampleBody(contract.id, jsonSchemaOf(contract.body, "input"));
  return (
    <details className={styles.operation} id={contract.id}>
      <summary className={styles.summary}>
        <span className={styles.method}>{contract.method}</span>
        <span className={styles.path}>/api/v1{contract.path}</span>
        <span className={styles.words} lang="en">
          {contract.summary}
        </span>
      </summary>
      <div className={styles.detail}>
        <Parameters contract={contract} />
        {example !== undefined && (
          <div>
            <h4>{t("body")}</h4>
            <pre className={styles.code} tabIndex={0}>
              {JSON.stringify(example, null, 2)}
            </pre>
          </div>
        )}
        <p>
          {t("answer", { status: contract.status ?? 200 })}
          {contract.produces && ` · ${t("fileTypes", { types: contract.produces.join(", ") })}`}
        </p>
        <div>
          <h4>{t("errors")}</h4>
          <p className="quiet">
            {errorsOf(contract)
              .map((status) => `${status} ${codesOf(status).join("/")}`)
              .join(" · ")}
          </p>
        </div>
      </div>
    </details>
  );
}
