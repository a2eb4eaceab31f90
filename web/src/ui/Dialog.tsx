/** A modal question or form. It closes by Escape, by its cross and by a click outside. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useT } from "@/i18n/t";
import { Button, IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./dialog.module.css";

export interface DialogProps {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, the decisive one last. */
  actions?: ReactNode;
  wide?: boolean;
  role?: "dialog" | "alertdialog";
}

export function Dialog({ title, open, onClose, children, actions, wide, role }: DialogProps) {
  const t = useT();
  return (
    <ModalOverlay
      className={styles.overlay}
      isOpen={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      isDismissable
    >
      <Modal className={classes(styles.modal, wide && styles.wide)}>
        <AriaDialog className={styles.dialog} role={role}>
          <header className={styles.head}>
            <Heading slot="title" className={styles.title}>
              {title}
            </Heading>
            <IconButton label={t("ui.close")} icon={<X size={16} aria-hidden="true" />} onPress={onClose} />
          </header>
          <div className={styles.body}>{children}</div>
          {actions ? <footer className={styles.foot}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export interface ConfirmDialogProps extends Omit<DialogProps, "actions" | "role"> {
  confirm: string;
  onConfirm: () => void;
  danger?: boolean;
}

/** Ask before what cannot be undone; where undo is possible, prefer a toast with undo. */
export function ConfirmDialog({ confirm, onConfirm, danger, ...rest }: ConfirmDialogProps) {
  const t = useT();
  return (
    <Dialog
      {...rest}
      role="alertdialog"
      actions={
        <>
          <Button onPress={rest.onClose}>{t("ui.cancel")}</Button>
          <Button
            tone={danger ? "danger" : "primary"}
            autoFocus
            onPress={() => {
              rest.onClose();
              onConfirm();
            }}
          >
            {confirm}
          </Button>
        </>
      }
    />
  );
}
