/**
 * Short texts as people write them, by type (K-031): what is known of the types before anybody has saved an entry. A line is
 * a title and a text. None of them is in `testing/type-notes.txt`, which measures what they teach.
 */
import type { EntryType } from '../../contract/index.ts';

export const typeExamples: Readonly<Record<EntryType, string>> = {
  incident: `
社内Wi-Fiに接続できない|今朝から全フロアで無線につながらない。認証サーバーが停止していたため、再起動して復旧した。影響は約三百名。
ファイルサーバーの障害|10:12 に監視が異常を検知。ディスクの故障で共有フォルダーが見えなくなった。予備機に切り替えて 11:40 に回復。
メールが送信できない|送信するとエラーになるとの問い合わせが多数。キューが詰まっていた。滞留分を流し直し、正常に戻ったことを確認した。
業務システムが遅い、画面が固まる|午後から応答が遅く、ボタンを押しても反応しない。特定の検索がDBを占有していた。該当のセッションを切断して解消。
サイトがダウン|外部から 503 エラー。ロードバランサーの片系が落ちていた。発生 9:05、復旧 9:50。お客様への影響あり。
PCが起動しない|電源を入れても黒い画面のまま。更新プログラムの失敗が発端。復元して使えるようになった。
不正ログインの疑い|海外からの不審なアクセスを検知したため、該当アカウントを停止し、パスワードを変更させた。情報の漏えいは確認されていない。
印刷が出てこない、文字が化ける|部署全体で印刷できない。ドライバーが壊れていた。入れ直して解消した。
夜間ジョブが異常終了した|2時の処理が失敗し、朝のデータが更新されていなかった。手作業で再実行し、8時に間に合った。
画面に「予期しないエラー」と表示される|ログインしようとすると表示され、先へ進めない。証明書の有効期限切れ。差し替えて復旧。
電話が不通になった|停電の後、内線がつながらない。機器の電源を入れ直して直った。
ウイルスに感染した端末が見つかった|警告が出たため、すぐにLANケーブルを抜いて隔離。ほかへの拡大なし。
データが消えた、ファイルが開けない|誤って上書きされ、昨日の分が見えなくなった。バックアップから戻して対応完了。
事象、発生日時、影響範囲、検知の経緯、一次対応、復旧の時刻|何時から何が起きたか。誰が困っているか。どう応急処置をしたか。
Mail server down|Since 9:00 nobody can send or receive. The disk was full; after freeing space and restarting the service mail flowed again at 9:45.
Users cannot log in|Login fails with an error for all users in the branch. The domain controller was unreachable; failover restored service.
Website outage|Visitors saw error 502 for 30 minutes. The upstream crashed out of memory. Restarted, monitored, resolved. Impact: all customers.
Printer offline|The printer on the second floor stopped working this morning and shows paper jam. Fixed by removing the sheet.
Application crashes and freezes|The client hangs when opening a file. Reported by 20 people. Rolled back the driver, works again.
Data breach suspected|An alarm fired on unusual traffic; the host was isolated and the account locked within minutes.`,
  problem: `
繰り返し発生する通信断の根本原因|同じ障害が三か月で六回起きている。ログを分析した結果、ファームウェアの不具合が真因と判明した。恒久対策は版の更新。
サーバーの再起動が頻発する原因調査|毎週のように落ちる。傾向を調べると、メモリーの使用量が徐々に増えている。リークの箇所を特定する。
既知のエラーと回避策|特定の操作で計算が合わない。原因は丸めの処理。修正されるまでは手で直すことで回避する。
再発防止策の検討|過去一年の障害を分類したところ、四割が設定の誤りによる。なぜ気づけなかったかを掘り下げ、確認の仕組みを作る。
たびたび遅くなる現象の分析|発生の条件を絞り込んだ。月末の集計と重なるときだけ再現する。背景には索引の不足がある。
同様の問い合わせが増えている理由|件数の推移と共通点を整理した。手順書の記述が誤解を招いている可能性が高い。
原因が分からないまま繰り返す停止|暫定的に自動で起動し直しているが、根は残っている。仮説を三つ立て、一つずつ検証する。
ディスク故障が続く機種について|同じ型番だけ故障率が高い。メーカーに調査を依頼し、要因の回答を待っている。
バックアップ失敗が月に数回起きる|失敗した日を並べると、いずれも保守の直後だった。順序の依存が根本の原因と考えられる。
なぜ二重に登録されるのか|再現の手順が分かった。応答が遅いときに再送され、重複を防ぐ仕組みが無いためである。
症状、調査の結果、根本原因、回避策、恒久対策、再発の有無|関連するインシデントの一覧と傾向。五回のなぜ。
認証エラーが特定の時間帯に集中する|記録を突き合わせ、処理の競合によることを突き止めた。恒久対応は次の版で行う。
誤検知が減らない件|規則が原因であることが分かり、改善案を検証している。
温度警報の繰り返しについて|半年の記録から相関を調べた。吸気の詰まりが根底にある。
Root cause of the recurring outage|Five incidents since spring share one pattern. Analysis shows a memory leak; the permanent fix is planned. Workaround: restart weekly.
Why backups keep failing|Investigation of repeated failures. The underlying cause is a race between two jobs. Known error until the vendor delivers a fix.
Known error: wrong totals in the report|Cause: rounding in the export. Workaround: recalculate by hand. It happens again whenever the currency changes.
Trend analysis of disk failures|Same model, same firmware. We suspect a defect; correlation with temperature is attached.
Intermittent timeouts, cause unknown|It reoccurs under load. Hypotheses and the tests that excluded two of them are below.
Post-mortem: contributing factors|What the outages have in common, why monitoring missed them, what prevents recurrence.`,
  change: `
ルーターの設定変更計画|来週土曜の深夜に実施する。作業手順、影響範囲、切り戻しの手順は次のとおり。承認済み。
サーバーのOSを更新する作業|対象は四台。事前にバックアップを取り、一台ずつ適用する。問題があれば元の版に戻す。
データセンターの移転計画|機器を二回に分けて移す。停止時間は六時間の予定。事前の検証と当日の体制を記す。
ディスクの増設|容量が足りなくなるため、日曜に追加する。停止は三十分の見込み。失敗したときは元の構成に戻す。
パッチの適用|緊急の修正を今夜適用する。実施者と確認者、戻し方、利用者への事前の通知を決めた。
ネットワーク機器の交換|老朽化した機器を新機種に置き換える。段階的に切り替え、各段階で疎通を確かめる。
メール基盤の切り替え|旧環境から新環境へ移行する。リスクと影響を評価し、変更諮問会議の承認を得た。
アクセス制御の規則を追加する|対象の宛先を許可に加える。追加した行を消せば元に戻る。
認証方式を変える|多要素認証を必須にする。対象者、開始日、移行の期間、例外の扱いを定める。
バックアップの時間帯を変更|開始を一時間遅らせる。理由は夜間処理との競合。影響は小さい。
監視の設定を見直す|閾値と通知先を改める。設定ファイルの変更のみで、停止は無い。
データベースの版を上げる|検証環境で確認してから本番に適用する。手順書に沿って二名で作業する。
古い暗号方式を無効にする|使えなくなる機器を洗い出し、予定日までに対応する。
変更の目的、対象、実施日時、作業手順、影響、リスク、切り戻し、承認|作業の前と後の確認項目、判断の期限。
Planned upgrade of the core switch|Maintenance window Sunday 02:00. Steps, impact, risk and rollback plan below. Approved by the change board.
Migrate the file server to new hardware|Copy in advance, switch over at night, keep the old server for two weeks. Back-out: remount the old volume.
Add a firewall rule|Allow the new address range. Reversible by deleting the rule. Implementer and reviewer are named.
Replace the UPS batteries|Scheduled on Tuesday. No interruption expected; if the test fails we revert to the old set.
Increase the memory of the database host|Ten minutes of downtime, announced to users beforehand.
Disable the old protocol|Inventory first, then switch it off in stages; exceptions until March.`,
  release: `
バージョン 3.1 をリリースしました|新機能は検索の絞り込みと一括の編集です。不具合の修正は十件。対象は全利用者です。
リリースノート 2.5.0|追加、改善、修正、既知の制限を記す。更新の方法と対応環境。
新機能の公開のお知らせ|本日から予約の変更が画面でできるようになりました。費用はかかりません。
本番環境へのデプロイの記録|タグ v1.8.2 を 20 時に本番へ展開し、動作を確認した。ビルド番号は 340。
アプリの新しい版を配布|画面の使い勝手を改善し、通知に対応しました。ストアから更新してください。
次期リリースの範囲と日程|含まれる機能、凍結日、判定会議、公開日の一覧。
段階的な展開の結果|まず一割の利用者に公開し、問題が無いことを見て全員に広げた。
修正版 1.2.3 の提供|集計の誤りと表示の崩れを直した版です。上書きで入れられます。
機能追加: 英語の表示と印刷に対応|次の版に含まれます。提供の開始は来月です。
クライアントソフトの配信開始|最新版を順次配信します。起動時に更新の案内が出ます。
ベータ版の公開|試験的に使える機能と、正式版の予定を知らせる。意見を募集しています。
正式版の提供を開始|試験の期間を終え、全社で使えるようになりました。
システムの全面刷新|新しい画面で稼働を開始しました。変更点の一覧は次のとおりです。
リリース内容、対象、版、新機能、改善、修正、互換性、配布の日程、リリース判定|ビルド、タグ、成果物の場所。
Version 2.0 released|New features: dark mode and export. Fixed: 14 bugs. Available to all users from today.
Release notes 4.7|Added, changed, fixed, known limitations. Upgrade instructions and supported platforms.
Deployed build 812 to production|Tag v5.3.1 rolled out in two waves, smoke tests passed. Includes the new report.
New version of the mobile app|Now available in the stores: faster start, new design, bug fixes.
Rollout plan of the next release|Scope, freeze date, pilot group, general availability.
Launch of the new portal|The first version goes live in June with these features.`,
  request: `
アカウントの作成を依頼|新しく入る人のアカウントを申請します。上長の承認済みです。希望日は来週月曜。
権限の付与の申請方法|申請書に対象と期間を書いて提出してください。承認の後、翌営業日に設定します。
パソコンの貸し出しを希望|出張のため一週間借りたい。返却日は金曜。受け取りは窓口で行う。
ソフトのインストールをお願いします|業務で使うため導入してほしい。ライセンスは部で購入します。
パスワードの初期化を申し込む|本人確認の後、仮のパスワードを渡します。窓口は内線 100 です。
備品の購入依頼|マウスとキーボードを二つずつ。予算番号を添えて申し込みます。
フォルダーの新規作成|プロジェクト用に共有の場所を用意してほしい。利用者は添付の一覧のとおり。
データの復元をお願いしたい|先週消したファイルを戻してほしい。場所と日付は次のとおり。
利用申請の手順|様式に記入し、所属長の承認をもらって提出する。通常二日で使えるようになる。
座席の移動と電話の手配|十月の異動に伴い、三名分の移設を頼みます。
メールアドレスの追加を希望します|部署の代表の宛先を一つ発行してください。管理者は山田です。
来客の入館の申し込み|前日までに氏名と会社名を届け出る。当日は受付で札を受け取る。
計算資源の割り当てを増やしてほしい|用途と期限を書いて申請する。責任者の了承が要る。
申請者、対象、理由、希望日、期間、承認者、受付、提出先|必要な情報と、どれくらいで使えるようになるか。
Request for access to a shared folder|Please grant read access to the new colleague. The manager has approved.
How to apply for a VPN account|Fill in the form, get approval, submit it; it takes two working days.
New laptop for an employee|Needed by Monday. Cost centre attached. Please deliver to the second floor.
Install software on my computer|I need it for a project. Licence is available. Who approves?
Please create a mailbox|For the sales team, owner is Mr Tanaka, members listed below.
Borrowing a projector|Ask at the desk, show your badge, bring it back the next day.`,
  other: `
用語の説明|よく使うことばの意味をまとめた一覧。例を添える。
連絡先の一覧|部署、担当者、電話番号、受付時間の表。
会議の議事録|出席者、決まったこと、宿題、次回の日程。
ファイル名の付け方の決まり|日付、題名、版の順に書く。例を示す。
業務でのAIの利用方針|してよいことと、してはいけないこと。目的と対象者。
操作の手引き: 表計算の便利な使い方|知っておくと速くなる小技を集めた。
研修の資料|目的、対象、所要時間、章立て、確認の問題。
構成図と機器の配置|どこに何があるかを示す。図の見方。
契約の一覧|契約先、期間、満了日、更新の要否。
文書の保存期間の基準|種類ごとに何年残すかを定める。廃棄の方法。
製品の比較|価格、機能、対応形式を表にした。結論はまだ無い。
当番表と休日の体制|年末の当番の順番と連絡の取り方。
考え方の整理: 優先度の決め方|影響と緊急度の組み合わせで決める。目安の表。
画像生成の指示文のこつ|語順と重みの付け方、作例。好みで調整する。
監視画面の見方の説明|表と線の意味、色の凡例。
モデルの置き場所とフォルダー構成|系統ごとに分ける。共有するときの書き方。
Glossary|What our terms mean, with examples.
Contact list and office hours|Names, numbers, who stands in for whom.
Meeting notes|Participants, decisions, actions, next date.
Guideline for naming servers|Site, kind, number. Examples and exceptions.
Tips and best practices|How to work faster with spreadsheets; what to keep in mind.
Policy on the use of private devices|What is allowed, what is not, and why.`,
};
