export interface DaemonStatus {
  readonly pid: number;
  readonly build: string;
  readonly protocol: number;
  readonly startedAt: number;
  readonly clients: number;
  readonly hosts: number;
  readonly sessions: number;
  readonly data: string;
}
