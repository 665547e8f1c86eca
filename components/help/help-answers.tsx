import { useTranslations } from "next-intl";
import { helpRoles, helpTopics } from "./help-topics";
import styles from "./help.module.css";

export function HelpAnswers() {
  const t = useTranslations("help");
  return (
    <div className="stack">
      {helpRoles.map((role) => (
        <section key={role}>
          <h3 className={styles.groupTitle}>{t(`roles.${role}`)}</h3>
          {helpTopics[role].map((topic) => (
            <details key={topic} className={styles.answer}>
              <summary className={styles.question}>{t(`answers.${role}.${topic}.q`)}</summary>
              <p className={styles.reply}>{t(`answers.${role}.${topic}.a`)}</p>
            </details>
          ))}
        </section>
      ))}
    </div>
  );
}
